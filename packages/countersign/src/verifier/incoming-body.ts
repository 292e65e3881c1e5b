/** The bodies that a verifier believes: held until they are whole, or checked as they go by. */
import {
  chunkReaderOf,
  eventReader,
  fileLengthRefused,
  HEADER,
  headerValue,
  type PayloadRefused,
  parseLenientCredential,
  payloadChain,
  payloadDigestsOf,
  type Refused,
  signingInputsOf,
  streamingModeOf,
  verifyPostForm,
} from '../sigv4/index.js'
import { bucketPlace } from './bucket-place.js'
import { after, type Door, errorOf, knownCredential, UNKNOWN_KEY, usedBefore } from './door.js'
import { joinedPieces } from './joined-pieces.js'
import type { Outcome, RefusedRequest, VerifiedBody } from './outcome.js'
import { eventCheck, hashCheck, isRefused, type PayloadCheck, type PayloadMode, UNSIGNED_CHECK, withDigests } from './payload-check.js'
import { incomingForm } from './verified-form.js'

/** A browser's form. Its fields are judged as soon as its file begins, so that no file is held for who has no right to send it. */
export function formBody(door: Door): VerifiedBody {
  const form = incomingForm(door.request, door.limits)
  let refused: RefusedRequest | undefined
  let judging: Promise<FormAccepted | undefined> | undefined
  const stop = (reason: Refused | undefined) => {
    if (reason === undefined || refused !== undefined) return
    refused = door.refuse(errorOf(reason, 'form'), undefined)
    form.discard()
  }
  const judged = async (): Promise<FormAccepted | undefined> => {
    const field = (name: string) => form.fields.find((one) => one.name.toLowerCase() === name)?.value
    door.credential = parseLenientCredential(field('x-amz-credential') ?? '')
    if (door.credential !== undefined) door.by = 'form'
    const turned = await knownCredential(door, field('x-amz-algorithm') ?? '', field('x-amz-security-token'))
    // The file may have been refused in the meantime.
    if (refused !== undefined) return undefined
    const { bucket } = bucketPlace(door.request)
    const options = { service: 's3', ...door.verifyOptions(field('x-amz-security-token')), bucket, fileName: form.file.name }
    const verdict = turned === undefined ? verifyPostForm(form.fields, door.known?.key ?? UNKNOWN_KEY, options) : undefined
    if (verdict?.ok === true) return { ...verdict, bucket }
    refused = turned ?? door.refuse(verdict!.error, undefined)
    form.discard()
    return undefined
  }
  return {
    mode: 'form',
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return []
      stop(form.push(bytes))
      if (judging !== undefined || refused !== undefined || !form.file.begun) return []
      judging = judged()
      // A credential store that fails is reported at the end; where there is none, the request has gone.
      judging.catch(() => {})
      return []
    },
    end: async () => {
      const verdict = await judging
      if (refused === undefined) stop(form.end())
      const { name: fileName, type: fileType, pieces, length } = form.file
      if (verdict !== undefined) stop(fileLengthRefused(length, verdict.contentLength))
      if (refused !== undefined) return { ok: false, refused }
      door.tell('accepted', undefined, 200)
      const { bucket, key, fields } = verdict!
      return { ok: true, caller: door.caller(), pieces, form: { bucket, key, fields, fileName, fileType } }
    },
    close: form.discard,
  }
}

type FormAccepted = Extract<ReturnType<typeof verifyPostForm>, { readonly ok: true }> & { readonly bucket: string }

/** A body that is held until it is complete, because the signature covers its hash. */
export function wholeBody(door: Door): VerifiedBody {
  const pieces: Uint8Array[] = []
  let length = 0
  let refused: RefusedRequest | undefined
  return {
    mode: 'whole',
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return []
      length += bytes.length
      if (length > door.limits.wholeBodyBytes) {
        pieces.length = 0
        refused = door.refuse(errorOf(BODY_TOO_LARGE, 'limit'), undefined, 'limit')
      } else pieces.push(bytes)
      return []
    },
    end: () => {
      if (refused !== undefined) return { ok: false, refused }
      const body = joinedPieces(pieces)
      const verdict = door.verdict(body)
      if (!verdict.ok) return { ok: false, refused: door.refuse(verdict.error, verdict.inputs, 'refused', body) }
      return after(usedBefore(door), (replayed) =>
        replayed === undefined ? accepted(door, body.length === 0 ? [] : [body]) : { ok: false, refused: replayed },
      )
    },
    close: () => {},
  }
}

/** A body that is checked as it goes by. */
export function streamedBody(door: Door, mode: PayloadMode, check: PayloadCheck): VerifiedBody {
  let length = 0
  let refused: RefusedRequest | undefined
  const passed = (result: readonly Uint8Array[] | PayloadRefused): readonly Uint8Array[] => {
    if (!isRefused(result)) return result
    refused = door.refusePayload(result)
    return []
  }
  return {
    mode,
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return []
      length += bytes.length
      if (length > door.limits.streamedBodyBytes) {
        refused = door.refuse(errorOf(ENTITY_TOO_LARGE, 'limit'), undefined, 'limit')
        return []
      }
      return passed(check.push(bytes))
    },
    end: () => {
      const pieces = refused === undefined ? passed(check.end()) : []
      return refused === undefined ? accepted(door, pieces) : { ok: false, refused }
    },
    close: () => {},
  }
}

/** What the body is held against; or the refusal of a head that cannot announce such a body. */
export function payloadCheckOf(door: Door, mode: PayloadMode): PayloadCheck | Refused {
  const digests = door.profile.dialect === 's3' ? payloadDigestsOf(door.request) : undefined
  if (digests !== undefined && 'code' in digests) return digests
  const check = checkOfMode(door, mode)
  return digests === undefined || 'code' in check ? check : withDigests(check, digests)
}

function checkOfMode(door: Door, mode: PayloadMode): PayloadCheck | Refused {
  const { request, profile, known, authorization, limits, options } = door
  if (mode === 'hash') return hashCheck(headerValue(request, HEADER.contentSha256) ?? '')
  if (mode === 'unsigned') return UNSIGNED_CHECK
  const inputs = signingInputsOf(request, { profile })
  const keyed = inputs === undefined || known === undefined ? undefined : { ...inputs, key: known.key }
  const seed = authorization?.signature ?? ''
  if (keyed !== undefined && streamingModeOf(headerValue(request, HEADER.contentSha256))?.framing === 'event-stream') {
    const seconds = door.maxClockSkewSeconds() ?? profile.maxClockSkewSeconds
    return eventCheck(eventReader(keyed, seed, { messageBytes: limits.chunkBytes }), options.clock ?? Date.now, seconds)
  }
  const chain = keyed === undefined ? undefined : payloadChain(keyed, seed)
  return chunkReaderOf(request, chain, { signedChunkBytes: limits.chunkBytes })
}

function accepted(door: Door, pieces: readonly Uint8Array[]): Outcome {
  door.tell('accepted', undefined, 200)
  return { ok: true, caller: door.caller(), pieces }
}

const BODY_TOO_LARGE: Refused = { code: 'RequestEntityTooLarge', message: 'Request size exceeded the limit of this endpoint.', status: 413 }
const ENTITY_TOO_LARGE: Refused = {
  code: 'EntityTooLarge',
  message: 'Your proposed upload exceeds the maximum allowed object size.',
  status: 400,
}
