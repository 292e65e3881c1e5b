// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** What people write in each language, and what its calls ask for: [code, the view's members that must come out]. */
import type { CallView } from '../../../src/case/call-view.ts'

type Wanted = Partial<CallView>
const put = { does: 'presigns', method: 'PUT', bucket: 'photos', key: 'in/a.png' } as const
const get = { does: 'presigns', method: 'GET', bucket: 'photos' } as const
const sends = (method: string, ...headers: readonly (readonly [string, string | undefined])[]): Wanted => ({
  does: 'sends',
  method,
  headers,
})
const region = (name: string): Wanted => ({ does: 'configures', region: name })
const png = ['content-type', 'image/png'] as const

export const CALL_SAMPLES: Readonly<Record<string, readonly (readonly [code: string, wanted: Wanted])[]>> = {
  python: [
    ["s3.generate_presigned_url('put_object', Params={'Bucket': 'photos', 'Key': 'in/a.png'}, ExpiresIn=60)", put],
    ["name = 'a.png'\ns3.generate_presigned_url(ClientMethod='put_object', Params=dict(Bucket='photos', Key=f'in/{name}'))", put],
    ["boto3.client('s3', region_name='eu-west-1', endpoint_url='https://store.example')", region('eu-west-1')],
    ["headers = {'Content-Type': 'image/png'}\nrequests.put(url, data=f, headers=headers)", sends('PUT', png)],
    [
      "auth = AWS4Auth(key.access_key, key.secret_key, 'eu-west-1', 'es', session_token=key.token)",
      { does: 'signs', service: 'es', handed: ['id', 'secret', 'token'] },
    ],
    [
      "req = AWSRequest(method='POST', url='https://es.example/_search', data=body, headers={'Content-Type': 'image/png'})",
      { does: 'signs', method: 'POST', headers: [png] },
    ],
  ],
  javascript: [
    ["getSignedUrl(client, new PutObjectCommand({ Bucket: 'photos', Key: 'in/a.png' }))", put],
    ["const params = { Bucket: 'photos', Key: 'in/' + 'a.png', Expires: 60 }\ns3.getSignedUrl('putObject', params, done)", put],
    ["const s3 = new S3Client({ region: 'eu-west-1', credentials })", region('eu-west-1')],
    ["fetch(url, { method: 'PUT', body: file, headers: { 'Content-Type': 'image/png' } })", sends('PUT', png)],
    ["axios.put(url, file, { headers: { 'Content-Type': 'image/png' } }).then(done).catch(log)", sends('PUT', png)],
    ["fetch(url, { method: 'PUT', body: file }).then((r) => r.text())", sends('PUT')],
    ["const headers = { 'Content-Type': 'image/png' }\naxios.put(url, file, { headers })", sends('PUT', png)],
    ["const xhr = new XMLHttpRequest()\nxhr.open('PUT', url)\nxhr.setRequestHeader('Content-Type', 'image/png')", sends('PUT', png)],
    [
      "aws4.sign({ method: 'PUT', service: 's3', region: 'eu-west-1', path: '/a' }, keys)",
      { does: 'signs', method: 'PUT', service: 's3', region: 'eu-west-1' },
    ],
  ],
  java: [
    ['s3.presignPutObject(r -> r.putObjectRequest(p -> p.bucket("photos").key("in/a.png")))', put],
    [
      'PutObjectRequest put = PutObjectRequest.builder().bucket("photos").key("in/a.png").build();\npresigner.presignPutObject(PutObjectPresignRequest.builder().putObjectRequest(put).build());',
      put,
    ],
    [
      'client.generatePresignedUrl(new GeneratePresignedUrlRequest("photos", "in/a.png").withMethod(HttpMethod.PUT));',
      { does: 'presigns', method: 'PUT' },
    ],
    ['S3Client.builder().region(Region.of("eu-west-1")).build();', region('eu-west-1')],
    [
      'PutObjectRequest put = PutObjectRequest.builder().bucket("photos").key("in/a.png").metadata(Map.of("owner", id)).build();\npresigner.presignPutObject(b -> b.putObjectRequest(put));',
      { does: 'presigns', headers: [['x-amz-meta-owner', undefined]] },
    ],
    ['connection.setRequestMethod("PUT");\nconnection.setRequestProperty("Content-Type", "image/png");', sends('PUT', png)],
    ['HttpPut put = new HttpPut(url);\nput.setHeader("Content-Type", "image/png");', sends('PUT', png)],
  ],
  csharp: [
    ['client.GetPreSignedURL(new GetPreSignedUrlRequest { BucketName = "photos", Key = "in/a.png", Verb = HttpVerb.PUT });', put],
    [
      'var request = new GetPreSignedUrlRequest();\nrequest.BucketName = "photos";\nrequest.Key = $"in/a.png";\nrequest.Verb = HttpVerb.PUT;\nvar url = client.GetPreSignedURL(request);',
      put,
    ],
    [
      'var m = new HttpRequestMessage(HttpMethod.Put, url);\nm.Headers.Add("x-amz-acl", "private");',
      sends('PUT', ['x-amz-acl', 'private']),
    ],
    ['await http.PutAsync(url, content);', sends('PUT')],
    [
      'var client = new AmazonS3Client(id, secret, new AmazonS3Config { ServiceURL = "https://store.example", AuthenticationRegion = "x" });',
      { does: 'configures', endpoint: 'https://store.example' },
    ],
  ],
  go: [
    ['p.PresignPutObject(ctx, &s3.PutObjectInput{\n\tBucket: aws.String("photos"),\n\tKey:    aws.String("in/a.png"),\n})', put],
    ['key := "in/a.png"\nreq, _ := p.PresignPutObject(ctx, &s3.PutObjectInput{Bucket: aws.String("photos"), Key: &key})', put],
    ['req, err := http.NewRequest("PUT", url, body)\nreq.Header.Set("Content-Type", "image/png")', sends('PUT', png)],
    [
      'client, err := minio.New("store.example:9000", &minio.Options{Region: "eu-west-1"})',
      { does: 'configures', region: 'eu-west-1', endpoint: 'store.example:9000' },
    ],
    ['sess := session.NewSession(&aws.Config{Region: aws.String("eu-west-1")})', region('eu-west-1')],
  ],
  php: [
    [
      "$cmd = $s3->getCommand('PutObject', ['Bucket' => 'photos', 'Key' => 'in/a.png']);\n$r = $s3->createPresignedRequest($cmd, '+5 minutes');",
      put,
    ],
    [
      "$dir = 'in';\n$cmd = $s3->getCommand('PutObject', array('Bucket' => 'photos', 'Key' => $dir . '/a.png'));\n$r = $s3->createPresignedRequest($cmd, '+5 minutes');",
      put,
    ],
    ["$s3 = new S3Client(['region' => 'eu-west-1', 'version' => 'latest']);", region('eu-west-1')],
    ["$client->request('PUT', $url, ['headers' => ['Content-Type' => 'image/png'], 'body' => $f]);", sends('PUT', png)],
    ["Storage::disk('s3')->temporaryUrl('in/a.png', now()->addMinutes(5));", { does: 'presigns', method: 'GET', key: 'in/a.png' }],
  ],
  ruby: [
    ["signer.presigned_url(:put_object, bucket: 'photos', key: 'in/a.png')", put],
    ["Aws::S3::Client.new(region: 'eu-west-1', endpoint: 'https://store.example')", region('eu-west-1')],
    ["req = Net::HTTP::Put.new(uri, { 'Content-Type' => 'image/png' })", sends('PUT', png)],
    ["HTTParty.put(url, body: f, headers: { 'Content-Type' => 'image/png' })", sends('PUT', png)],
    [
      "signer.sign_request(http_method: 'PUT', url: 'https://a.example/b', headers: { 'content-type' => 'image/png' })",
      { does: 'signs', method: 'PUT', headers: [png] },
    ],
  ],
  kotlin: [
    ['val r = GetObjectRequest { bucket = "photos"; key = "a" }\nval p = s3.presignGetObject(r, 5.minutes)', get],
    ['val request = Request.Builder().url(url).put(body).header("Content-Type", "image/png").build()', { does: 'sends', method: 'PUT' }],
    ['client.put(url) { header("Content-Type", "image/png") }', sends('PUT', png)],
    ['S3Client { region = "eu-west-1" }', region('eu-west-1')],
  ],
  swift: [
    [
      'var request = URLRequest(url: url)\nrequest.httpMethod = "PUT"\nrequest.setValue("image/png", forHTTPHeaderField: "Content-Type")',
      sends('PUT', png),
    ],
    [
      'AF.upload(multipartFormData: { form in\n  form.append(data, withName: "file")\n}, to: url).response { r in\n  print(r)\n}',
      sends('POST'),
    ],
    ['AF.upload(data, to: url, method: .put, headers: ["Content-Type": "image/png"])', sends('PUT', png)],
    [
      'let input = GetObjectInput(bucket: "photos", key: "a")\nlet url = try await input.presignURL(config: config, expiration: 60)',
      { does: 'presigns' },
    ],
  ],
  dart: [
    ["final r = await http.put(Uri.parse(url), body: bytes, headers: {'Content-Type': 'image/png'});", sends('PUT', png)],
    ["await dio.put(url, data: bytes, options: Options(headers: {'Content-Type': 'image/png'}));", sends('PUT', png)],
    ["final minio = Minio(endPoint: 'store.example', region: 'eu-west-1');", region('eu-west-1')],
  ],
  rust: [
    ['let r = client.put_object().bucket("photos").key("in/a.png").presigned(config).await?;', put],
    ['client.put(url).header("Content-Type", "image/png").body(data).send().await?;', sends('PUT', png)],
    ['let conf = aws_sdk_s3::Config::builder().region(Region::new("eu-west-1")).build();', region('eu-west-1')],
  ],
  apex: [
    [
      "HttpRequest req = new HttpRequest();\nreq.setEndpoint(url);\nreq.setMethod('PUT');\nreq.setHeader('Content-Type', 'image/png');",
      sends('PUT', png),
    ],
  ],
  powershell: [
    ["Invoke-RestMethod -Method Put -Uri $url -InFile a.png -ContentType 'image/png'", sends('PUT', png)],
    ["$headers = @{ 'Content-Type' = 'image/png' }\nInvoke-WebRequest -Uri $url -Method PUT -Headers $headers", sends('PUT', png)],
    ['Get-S3PreSignedURL -BucketName photos -Key in/a.png -Verb PUT -Expire $when', put],
  ],
  shell: [
    ['wget --method=PUT --header=\'Content-Type: image/png\' --body-file=a.png "$url"', sends('PUT', png)],
    [
      'url=$(aws s3 presign s3://photos/in/a.png)\ncurl -T a.png "$url"',
      { does: 'presigns', method: 'GET', bucket: 'photos', key: 'in/a.png' },
    ],
    ['curl -X PUT -H \'Content-Type: image/png\' --data-binary @a.png "$url"', sends('PUT', png)],
  ],
}
