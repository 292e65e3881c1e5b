# AWS SDK for Ruby 3; keys and region come from the environment.
require 'aws-sdk-s3'
require 'aws-sdk-core'
require 'cgi'
require 'stringio'

ENDPOINT = ENV.fetch('INTEROP_ENDPOINT')
BUCKET = ENV.fetch('INTEROP_BUCKET')
SERVICE = ENV.fetch('INTEROP_SERVICE', 's3')
KEYS = File.read(ENV.fetch('INTEROP_KEYS_FILE'), encoding: 'UTF-8').split("\n")
S3 = Aws::S3::Client.new(endpoint: ENDPOINT, force_path_style: true, retry_limit: 0)
UTF8_META = 'grüße, 世界'

def say(*fields) = puts(fields.join("\t"))

def step(name, detail)
  yield
  say('ok', name, detail)
rescue StandardError => e
  say('refused', name, detail, "#{e.class}: #{e.message}".gsub(/\s+/, ' '))
end

def same(got, wanted)
  raise "came back changed: #{got[0, 60]}" unless got.b == wanted.b
end

def put(key, body, **more) = S3.put_object(bucket: BUCKET, key: key, body: body, **more)
def identity = Aws::STS::Client.new(endpoint: ENDPOINT, retry_limit: 0).get_caller_identity

def everything
  step('buckets', BUCKET) { S3.create_bucket(bucket: BUCKET) }
  step('buckets', 'list') { S3.list_buckets }
  presigner = Aws::S3::Presigner.new(client: S3)
  KEYS.each do |key|
    step('keys', key) do
      put(key, key)
      same(S3.get_object(bucket: BUCKET, key: key).body.read, key)
    end
    step('queries', "prefix=#{key}") do
      same(S3.list_objects_v2(bucket: BUCKET, prefix: key).contents.map(&:key).join(','), key)
    end
    say('presigned', key, presigner.presigned_url(:get_object, bucket: BUCKET, key: key, expires_in: 300))
  end
  step('metadata', UTF8_META) { put('meta', 'meta', metadata: { 'note' => UTF8_META }) }
  step('streaming', 'upload_stream, 300 kB') do
    Aws::S3::Object.new(BUCKET, 'large', client: S3).put(body: StringIO.new('x' * 300_000))
  end
  step('delete', 'large') { S3.delete_object(bucket: BUCKET, key: 'large') }
  step('sts', 'GetCallerIdentity') { identity }
end

if ARGV[0] == 'all' then everything
else step('one', SERVICE) { SERVICE == 'sts' ? identity : put('one.txt', 'one') }
end
say('done')
