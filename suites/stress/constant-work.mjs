// What an access key ID that does not exist costs, beside one that does with a wrong signature. See docs/manual/under-load.md.
import { ASKED, hashCalls, refusalOf, UNKNOWN_ID } from '../../packages/countersign/test/stress/constant-work.ts'

const KNOWN_ID = 'AKIAIOSFODNN7EXAMPLE'
const [ROUNDS, TIMES] = [41, 200]

for (const [what, asked] of Object.entries(ASKED)) {
  const [known, unknown] = [asked(KNOWN_ID), asked(UNKNOWN_ID)]
  const time = async (request) => {
    const start = performance.now()
    for (let i = 0; i < TIMES; i++) await refusalOf(request)
    return performance.now() - start
  }
  await time(known)
  await time(unknown)
  const ratios = []
  for (let round = 0; round < ROUNDS; round++) {
    const first = await time(known)
    ratios.push((await time(unknown)) / first)
  }
  ratios.sort((a, b) => a - b)
  const blocks = async (request) => (await hashCalls([request])).get('compression.ts compressBlock')
  console.log(
    `${what}: blocks compressed ${await blocks(known)} and ${await blocks(unknown)}; time, unknown / known, median of ${ROUNDS} rounds: ${ratios[ROUNDS >> 1].toFixed(2)}`,
  )
}
