/** A browser's form as a body: its fields are judged as soon as its file begins, so that no file is held for who may not send it. */
import { fileLengthRefused, parseLenientCredential, verifyPostForm } from '../sigv4/index.js'
import { bucketPlace } from './bucket-place.js'
import { UNKNOWN_KEY, verifyOptionsOf } from './head-verdict.js'
import { type IncomingBody, NOTHING } from './incoming-body.js'
import { Refusal, refusal } from './refusal.js'
import type { RequestContext } from './request-context.js'
import { after, withSigner } from './signer.js'
import { type IncomingForm, incomingForm } from './verified-form.js'

export function formBody(head: RequestContext): IncomingBody {
  const form = incomingForm(head.request, head.limits)
  // What is known of the request by now.
  let context = head
  let judging: Judged | Promise<Judged> | undefined
  const judged = (is: Judged): Judged => {
    context = is.context
    return is
  }
  return {
    mode: 'form',
    push: (bytes) => {
      const reason = form.push(bytes)
      if (reason !== undefined) return refusal(context, reason, 'form')
      if (judging !== undefined || !form.file.begun) return NOTHING
      context = namedInForm(head, form)
      judging = after(judgedFields(context, form), judged)
      // A credential store that fails is reported at the end; where there is none, the request has gone.
      return judging instanceof Promise ? judging.then(refusalIn, () => undefined) : (refusalIn(judging) ?? NOTHING)
    },
    end: () =>
      after(judging, (is) => {
        if (is instanceof Refusal) return is
        const { name: fileName, type: fileType, pieces, length } = form.file
        const reason = form.end() ?? (is === undefined ? undefined : fileLengthRefused(length, is.verdict.contentLength))
        if (reason !== undefined) return refusal(context, reason, 'form')
        const { verdict, bucket } = is!
        const { key, fields } = verdict
        return { context, pieces, form: { bucket, key, fields, fileName, fileType } }
      }),
    close: form.discard,
  }
}

type Passed = Extract<ReturnType<typeof verifyPostForm>, { readonly ok: true }>
type Judged = Refusal | { readonly context: RequestContext; readonly verdict: Passed; readonly bucket: string }

/** The request, with whom its form names. */
function namedInForm(head: RequestContext, form: IncomingForm): RequestContext {
  const credential = parseLenientCredential(fieldOf(form, 'x-amz-credential') ?? '')
  return credential === undefined ? head : { ...head, credential, by: 'form' }
}

/** What policy, credential and signature of a form come to. */
function judgedFields(named: RequestContext, form: IncomingForm): Judged | Promise<Judged> {
  const token = fieldOf(form, 'x-amz-security-token')
  return after(withSigner(named, fieldOf(form, 'x-amz-algorithm') ?? '', token), (context): Judged => {
    if (context instanceof Refusal) return context
    const { bucket } = bucketPlace(context.request)
    const options = { service: 's3', ...verifyOptionsOf(context, token), bucket, fileName: form.file.name }
    const verdict = verifyPostForm(form.fields, context.known?.key ?? UNKNOWN_KEY, options)
    return verdict.ok ? { context, verdict, bucket } : new Refusal(context, verdict.error)
  })
}

function fieldOf({ fields }: IncomingForm, wanted: string): string | undefined {
  return fields.find(({ name }) => name.toLowerCase() === wanted)?.value
}

function refusalIn(judged: Judged): Refusal | undefined {
  return judged instanceof Refusal ? judged : undefined
}
