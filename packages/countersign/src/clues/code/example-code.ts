// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** First lines of a program in a language: enough for the rules to know the language, and that it signs. */
export const PYTHON = "import hashlib\nimport hmac\nscope = day + '/us-east-1/s3/aws4_request'\n"
export const NODE = "const crypto = require('crypto')\nconst scope = `${day}/${region}/s3/aws4_request`\n"
export const PHP = '<?php\n$scope = "$day/us-east-1/s3/aws4_request";\n$canonicalRequest = implode("\\n", $lines);\n'
export const JAVA = 'import javax.crypto.Mac;\nString scope = day + "/" + region + "/s3/aws4_request";\n'
export const GO = 'package main\nfunc scope(day string) string {\n\treturn day + "/us-east-1/s3/aws4_request"\n}\n'
export const CSHARP = 'using System;\nusing System.Text;\nvar scope = $"{day}/us-east-1/s3/aws4_request";\n'
export const BASIC = 'Dim scope As String\nscope = day & "/us-east-1/s3/aws4_request"\n'
export const SHELL = '#!/bin/bash\nscope="$day/us-east-1/s3/aws4_request"\n'
