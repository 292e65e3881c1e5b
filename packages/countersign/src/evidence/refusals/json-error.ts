/** What makes a JSON object an error body, and what it says. */
import type { FoundObject, Members } from '../../text/index.js'
import { statedIn } from './stated-facts.js'

/** An object is an error where it names a type, or its message or code is one of a refusal, or it is small and holds little else. */
export function isError(members: Members, { start, end }: FoundObject): boolean {
  const message = messageOf(members)
  const code = givenCode(members)
  if (members.has('__type')) return true
  if (statedIn(code, message).length > 0) return true
  return (
    message !== '' &&
    (/^[A-Z][A-Za-z.]{4,60}(?:Exception|Error)$/.test(code) || (code === '' && members.size === 1 && end - start <= LARGEST_BARE))
  )
}

export function messageOf(members: Members): string {
  return (members.get('message') ?? members.get('Message') ?? members.get('errorMessage') ?? members.get('msg') ?? '').trim()
}

export function givenCode(members: Members): string {
  for (const name of ['__type', 'code', 'Code', 'errorType', 'name', 'Type']) {
    const code = bareCode(members.get(name) ?? '')
    if (/^[A-Z][A-Za-z.]{3,80}$/.test(code) && code !== 'Client' && code !== 'Sender' && code !== 'Server' && code !== 'Error') return code
  }
  return ''
}

/** "com.amazon.coral.service#Code" and "Code:http://..." are both Code. */
function bareCode(text: string): string {
  return (text.slice(text.lastIndexOf('#') + 1).split(':')[0] ?? '').trim()
}

const LARGEST_BARE = 32_768
