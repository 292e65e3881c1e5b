/** S3 in memory: as much of it as clients and tools need to go on after their signature was right. Path style and virtual hosts. */
import type { HttpRequest } from '../../sigv4/index.js'
import type { Caller, VerifiedForm } from '../../verifier/index.js'
import type { StandInAnswer } from '../stand-in.js'
import { keepForm } from './form.js'
import { ObjectMemory } from './object-memory.js'
import { operationOf } from './operations.js'
import { failureAnswer, S3Failure } from './s3-answer.js'
import { s3RequestOf } from './s3-request.js'

export interface MemoryBuckets {
  /** Answers a verified request; with `form`, it keeps the file of a browser's form. */
  answer(request: HttpRequest, caller: Caller, form?: VerifiedForm): StandInAnswer
  /** Answers one whose body is not taken: too large for the room, or too much at once. */
  turnAway(why: 'EntityTooLarge' | 'SlowDown', caller: Caller): StandInAnswer
}

/** @param options.bytes How much all objects together may take; beyond that, writes are refused. */
export function memoryBuckets(options: { readonly bytes: number; readonly clock: () => number }): MemoryBuckets {
  const memory = new ObjectMemory(options)
  return {
    answer: (request, caller, form) => {
      const asked = s3RequestOf(request, caller)
      return withIds(caller, asked.bucket === '' ? '/' : `/${asked.bucket}${asked.key === '' ? '' : `/${asked.key}`}`, () =>
        form === undefined ? operationOf(asked)(memory, asked) : keepForm(memory, asked, form),
      )
    },
    turnAway: (why, caller) =>
      withIds(caller, undefined, () => {
        throw new S3Failure(why)
      }),
  }
}

/** Every answer of S3 has the request's two IDs; an error says them, and what it is about. */
function withIds({ requestId }: Caller, resource: string | undefined, answer: () => StandInAnswer): StandInAnswer {
  const ids = [
    ['x-amz-request-id', requestId.short],
    ['x-amz-id-2', requestId.extended],
  ] as const
  const given = answerOrFailure(answer, [
    ...(resource === undefined ? [] : [['Resource', resource] as const]),
    ['RequestId', requestId.short],
    ['HostId', requestId.extended],
  ])
  return { ...given, headers: [...ids, ...given.headers] }
}

function answerOrFailure(answer: () => StandInAnswer, last: readonly (readonly [string, string])[]): StandInAnswer {
  try {
    return answer()
  } catch (error) {
    if (error instanceof S3Failure) return failureAnswer(error, last)
    throw error
  }
}
