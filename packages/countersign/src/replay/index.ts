/** The door of the room: a request of the evidence, mended and signed afresh. */
export type { NotMeant } from './meant-request.js'
export { type PlanOptions, planReplay, type ReplayPlan } from './plan.js'
