// Answers as they stood on the wire: which are refusals, and what AWS's words in them are.

import { bodyText, headerIn } from './relay.mjs'

export function requestIdOf({ response }) {
  return headerIn(response.head, 'x-amz-request-id') ?? headerIn(response.head, 'x-amzn-requestid') ?? ''
}

export function isRefused({ response }) {
  return response !== undefined && (response.status === 400 || response.status === 403)
}

/** Answers to HEAD have no body. */
export function isBare({ request }) {
  return request.head.startsWith('HEAD ')
}

/** Status, code and message of a refusal, in whichever shape the protocol gives them. */
export function errorOf({ response }) {
  const text = bodyText(response)
  const unescaped = (value = '') =>
    value
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&apos;|&#39;/g, "'")
      .replace(/&#x?[0-9a-f]+;/gi, '\n')
      .replace(/&amp;/g, '&')
  if (text.startsWith('{')) {
    const { __type = '', message, Message } = JSON.parse(text)
    return {
      status: response.status,
      code: headerIn(response.head, 'x-amzn-errortype') ?? __type.replace(/.*#/, ''),
      message: message ?? Message ?? '',
    }
  }
  return {
    status: response.status,
    code: /<Code>([^<]*)/.exec(text)?.[1] ?? '',
    message: unescaped(/<Message>([^<]*)/.exec(text)?.[1]),
  }
}
