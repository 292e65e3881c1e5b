/**
 * The derivation of the signing key as it has to be, in the languages in which it is written by hand. Each takes the secret, the date
 * (YYYYMMDD), the region, the service and the string to sign, and makes the signature; a test runs those whose language is at hand.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import type { Fix } from './explanation.js'

export const STANDARD_CHAIN: readonly Fix[] = [
  {
    title: 'derive the key step by step, each HMAC under the 32 bytes of the one before; only the signature is written in hex',
    applicability: 'exact',
    command: 'key = HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request")',
  },
  chain(
    'derive the key like this',
    ['python'],
    [
      'h = lambda key, text: hmac.new(key, text.encode(), hashlib.sha256).digest()',
      "key = h(h(h(h(('AWS4' + secret).encode(), date), region), service), 'aws4_request')",
      'signature = h(key, string_to_sign).hex()',
    ],
  ),
  chain(
    'derive the key like this',
    ['javascript'],
    [
      "const h = (key, text) => crypto.createHmac('sha256', key).update(text).digest()  // no 'hex' here",
      "const key = h(h(h(h('AWS4' + secret, date), region), service), 'aws4_request')",
      "const signature = h(key, stringToSign).toString('hex')",
    ],
  ),
  chain(
    'derive the key like this; crypto-js takes the message first and the key second',
    ['crypto-js', 'postman'],
    [
      'const h = (key, text) => CryptoJS.HmacSHA256(text, key)',
      "const key = h(h(h(h('AWS4' + secret, date), region), service), 'aws4_request')",
      'const signature = h(key, stringToSign).toString(CryptoJS.enc.Hex)',
    ],
  ),
  chain(
    'derive the key like this',
    ['java'],
    [
      'byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);',
      'for (String text : new String[] {date, region, service, "aws4_request", stringToSign}) {',
      '  Mac mac = Mac.getInstance("HmacSHA256");',
      '  mac.init(new SecretKeySpec(key, "HmacSHA256"));',
      '  key = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));',
      '}',
      'String signature = HexFormat.of().formatHex(key);  // Java 17 and later',
    ],
  ),
  chain(
    'derive the key like this',
    ['dotnet'],
    [
      'byte[] key = Encoding.UTF8.GetBytes("AWS4" + secret);',
      'foreach (var text in new[] { date, region, service, "aws4_request", stringToSign })',
      '  key = new HMACSHA256(key).ComputeHash(Encoding.UTF8.GetBytes(text));',
      'string signature = Convert.ToHexString(key).ToLowerInvariant();  // .NET 5 and later',
    ],
  ),
  chain(
    'derive the key like this',
    ['go'],
    [
      'key := []byte("AWS4" + secret)',
      'for _, text := range []string{date, region, service, "aws4_request", stringToSign} {',
      '\tmac := hmac.New(sha256.New, key)',
      '\tmac.Write([]byte(text))',
      '\tkey = mac.Sum(nil)',
      '}',
      'signature := hex.EncodeToString(key)',
    ],
  ),
  chain(
    'derive the key like this; "true" asks for bytes, and only the last call gives hexadecimal digits',
    ['php'],
    [
      "$h = fn($key, $text) => hash_hmac('sha256', $text, $key, true);",
      "$key = $h($h($h($h('AWS4' . $secret, $date), $region), $service), 'aws4_request');",
      "$signature = hash_hmac('sha256', $stringToSign, $key);",
    ],
  ),
  chain(
    'derive the key like this; only the last call is hexdigest',
    ['ruby'],
    [
      "h = ->(key, text) { OpenSSL::HMAC.digest('sha256', key, text) }",
      "key = h.(h.(h.(h.('AWS4' + secret, date), region), service), 'aws4_request')",
      "signature = OpenSSL::HMAC.hexdigest('sha256', key, string_to_sign)",
    ],
  ),
  chain(
    'derive the key like this; hand intermediate keys on as hexkey',
    ['openssl'],
    [
      'h() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed "s/^.* //"; }',
      'k=$(printf %s "AWS4$SECRET" | od -An -tx1 | tr -d " \\n")',
      'for part in "$DATE" "$REGION" "$SERVICE" aws4_request; do k=$(h "$k" "$part"); done',
      'signature=$(h "$k" "$STRING_TO_SIGN")',
    ],
  ),
  chain(
    'derive the key like this',
    ['kotlin'],
    [
      'fun h(key: ByteArray, text: String): ByteArray =',
      '  Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(key, "HmacSHA256")) }.doFinal(text.toByteArray())',
      'val key = listOf(date, region, service, "aws4_request").fold("AWS4$secret".toByteArray(), ::h)',
      'val signature = h(key, stringToSign).joinToString("") { "%02x".format(it) }',
    ],
  ),
  chain(
    'derive the key like this; only the signature is written as a text',
    ['dart'],
    [
      'List<int> h(List<int> key, String text) => Hmac(sha256, key).convert(utf8.encode(text)).bytes;',
      "final key = [date, region, service, 'aws4_request'].fold<List<int>>(utf8.encode('AWS4$secret'), h);",
      'final signature = Hmac(sha256, key).convert(utf8.encode(stringToSign)).toString();',
    ],
  ),
  chain(
    'derive the key like this',
    ['rust'],
    [
      'let h = |key: &[u8], text: &str| {',
      '    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();',
      '    mac.update(text.as_bytes());',
      '    mac.finalize().into_bytes().to_vec()',
      '};',
      'let first = format!("AWS4{secret}").into_bytes();',
      'let key = [date, region, service, "aws4_request"].iter().fold(first, |key, text| h(&key, text));',
      'let signature = hex::encode(h(&key, string_to_sign));',
    ],
  ),
  chain(
    'derive the key like this; New-Object takes the bytes of a key as one argument, with a comma before it',
    ['powershell'],
    [
      'function H([byte[]]$key, [string]$text) {',
      '  ,(New-Object Security.Cryptography.HMACSHA256 (,$key)).ComputeHash([Text.Encoding]::UTF8.GetBytes($text))',
      '}',
      '$key = [Text.Encoding]::UTF8.GetBytes("AWS4$secret")',
      "foreach ($text in $date, $region, $service, 'aws4_request') { $key = H $key $text }",
      "$signature = -join ((H $key $stringToSign) | ForEach-Object { $_.ToString('x2') })",
    ],
  ),
  chain(
    'derive the key like this; a Blob is passed on, and only the signature is written in hex',
    ['apex'],
    [
      "Blob key = Blob.valueOf('AWS4' + secret);",
      "for (String text : new List<String>{date, region, service, 'aws4_request', stringToSign}) {",
      "  key = Crypto.generateMac('hmacSHA256', Blob.valueOf(text), key);",
      '}',
      'String signature = EncodingUtil.convertToHex(key);',
    ],
  ),
  chain(
    'derive the key like this',
    ['swift'],
    [
      'let h = { (key: Data, text: String) in',
      '  Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))',
      '}',
      'let key = [date, region, service, "aws4_request"].reduce(Data(("AWS4" + secret).utf8), h)',
      'let signature = h(key, stringToSign).map { String(format: "%02x", $0) }.joined()',
    ],
  ),
]

function chain(title: string, appliesTo: NonNullable<Fix['appliesTo']>, lines: readonly string[]): Fix {
  return { title, applicability: 'exact', command: lines.join('\n'), appliesTo }
}
