/** Why a verifier refused, in any runtime. The subpath `countersign/refusals`; Node has `createRefusalDiagnoser` in `countersign/server`. */
export type { DiagnosisListener, RefusalDiagnoser, Undiagnosed } from './refusal-queue.js'
export { diagnoseRefusal, type RefusalDiagnosisOptions, type RefusalToDiagnose, refusalDiagnosisSteps } from './refusal-diagnosis.js'
export { createStepwiseDiagnoser, type RefusalDiagnoserOptions, type StepwiseDiagnoserOptions } from './stepwise-diagnoser.js'
