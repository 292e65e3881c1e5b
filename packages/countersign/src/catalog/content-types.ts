/**
 * Media types that clients send for files, the commonest first, with the extensions they are guessed from. One extension has several:
 * browsers ask the system they run on, tools have tables of their own.
 * @see https://www.iana.org/assignments/media-types/media-types.xhtml
 * @see https://svn.apache.org/repos/asf/httpd/httpd/trunk/docs/conf/mime.types
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/MIME_types/Common_types
 */
const TABLE = `
application/json json map
application/octet-stream bin exe dll so iso dmg deb msi img pkg dat
binary/octet-stream
application/x-www-form-urlencoded
text/plain txt text log conf ini md
text/plain; charset=utf-8 txt text log
text/plain;charset=UTF-8 txt text log
text/html html htm
text/html; charset=utf-8 html htm
application/json; charset=utf-8 json
application/json;charset=UTF-8 json
application/x-www-form-urlencoded; charset=utf-8
multipart/form-data
image/jpeg jpg jpeg jpe jfif
image/jpg jpg jpeg
image/png png
image/gif gif
image/webp webp
image/svg+xml svg
image/svg+xml; charset=utf-8 svg
image/heic heic
image/heif heif heic
image/avif avif
image/tiff tif tiff
image/bmp bmp
image/x-icon ico
image/vnd.microsoft.icon ico
image/vnd.adobe.photoshop psd
image/*
application/pdf pdf
application/x-pdf pdf
video/mp4 mp4 m4v
video/quicktime mov qt
video/webm webm
video/x-matroska mkv
video/x-msvideo avi
video/avi avi
video/mpeg mpg mpeg
video/mp2t ts
video/x-m4v m4v
video/3gpp 3gp
video/*
application/x-mpegurl m3u8
application/vnd.apple.mpegurl m3u8
application/dash+xml mpd
audio/mpeg mp3
audio/mp3 mp3
audio/mp4 m4a mp4
audio/x-m4a m4a
audio/aac aac
audio/wav wav
audio/x-wav wav
audio/wave wav
audio/ogg ogg oga opus
audio/webm webm weba
audio/flac flac
application/ogg ogg
application/zip zip
application/x-zip-compressed zip
application/gzip gz tgz
application/x-gzip gz tgz
application/x-tar tar
application/x-7z-compressed 7z
application/vnd.rar rar
application/x-rar-compressed rar
application/x-bzip2 bz2
application/zstd zst
application/java-archive jar war
application/vnd.android.package-archive apk
application/x-msdownload exe dll
application/x-apple-diskimage dmg
text/csv csv
text/csv; charset=utf-8 csv
application/csv csv
application/vnd.ms-excel xls csv
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/msword doc dot
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.ms-powerpoint ppt
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.oasis.opendocument.text odt
application/rtf rtf
application/epub+zip epub
application/xml xml xsl xsd
text/xml xml
application/xhtml+xml xhtml
text/css css
text/css; charset=utf-8 css
text/javascript js mjs
application/javascript js mjs
application/x-javascript js
text/javascript; charset=utf-8 js mjs
text/markdown md markdown
text/tab-separated-values tsv
text/calendar ics
text/vtt vtt
application/x-subrip srt
application/yaml yaml yml
text/yaml yaml yml
application/x-yaml yaml yml
application/x-ndjson ndjson jsonl
application/jsonl jsonl
application/geo+json geojson
application/ld+json jsonld
application/manifest+json webmanifest
application/wasm wasm
application/sql sql
application/x-sh sh
application/vnd.apache.parquet parquet
application/x-sqlite3 sqlite db
font/woff2 woff2
font/woff woff
font/ttf ttf
font/otf otf
model/gltf-binary glb
application/x-protobuf pb`

const ROWS: readonly (readonly [type: string, extensions: readonly string[]])[] = TABLE.trim()
  .split('\n')
  .map((row) => {
    const [type = '', ...words] = row.split(' ')
    const [parameter] = words
    return parameter?.startsWith('charset=') === true ? [`${type} ${parameter}`, words.slice(1)] : [type, words]
  })

/** The commonest first. */
export const CONTENT_TYPES: readonly string[] = ROWS.map(([type]) => type)

/** The types that an extension (lower case, no dot) is guessed to have; the commonest first. */
export const TYPES_OF_EXTENSION: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(ROWS.flatMap(([, extensions]) => extensions))].map((extension) => [
    extension,
    ROWS.filter(([, extensions]) => extensions.includes(extension)).map(([type]) => type),
  ]),
)
