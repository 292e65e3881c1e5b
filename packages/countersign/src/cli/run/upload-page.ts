/** The page of `run --browser`: uploads once, and tells what the browser let it see of the answer. */

/** @param upload The URL to upload to, presigned. */
export function uploadPage(nonce: string, upload: string): string {
  return [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><title>countersign</title>',
    '<p id="state">Uploading...</p>',
    `<script nonce="${nonce}">`,
    "const say = (text) => { document.getElementById('state').textContent = text }",
    "const tell = (saw) => fetch('done', { method: 'POST', body: JSON.stringify(saw) })",
    "const body = new Blob(['an upload by countersign'], { type: 'text/plain' })",
    // A script ends at its closing tag, even within a text.
    `const url = ${JSON.stringify(upload).replaceAll('<', '\\u003c')}`,
    "fetch(url, { method: 'PUT', body }).then(",
    "  (answer) => { say('The answer has status ' + answer.status); return tell({ status: answer.status }) },",
    "  (error) => { say('No answer was shown: ' + error); return tell({ error: String(error) }) },",
    ')',
    '</script></html>',
    '',
  ].join('\n')
}
