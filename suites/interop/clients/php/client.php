<?php
// async-aws, the AWS client of Debian's PHP packages: its signers for S3 and for the other services, and its STS client.
require 'Psr/Log/autoload.php';
require 'AsyncAws/Core/autoload.php';

use AsyncAws\Core\Configuration;
use AsyncAws\Core\Credentials\ConfigurationProvider;
use AsyncAws\Core\Credentials\Credentials;
use AsyncAws\Core\Request;
use AsyncAws\Core\RequestContext;
use AsyncAws\Core\Signer\SignerV4;
use AsyncAws\Core\Stream\StringStream;
use AsyncAws\Core\Sts\StsClient;

$endpoint = getenv('INTEROP_ENDPOINT');
$bucket = getenv('INTEROP_BUCKET');
$region = getenv('AWS_REGION');
$service = getenv('INTEROP_SERVICE') ?: 'execute-api';

function say(string ...$fields): void
{
    echo implode("\t", $fields), "\n";
}

function step(string $name, string $detail, callable $work): void
{
    try {
        $work();
        say('ok', $name, $detail);
    } catch (Throwable $error) {
        say('refused', $name, $detail, preg_replace('/\s+/', ' ', get_class($error) . ': ' . $error->getMessage()));
    }
}

/** Signs and sends through PHP's own HTTP stream, which changes nothing. */
function send(string $service, string $method, string $path, array $query, string $body): string
{
    global $endpoint, $region;
    $request = new Request($method, $path, $query, ['content-type' => 'text/plain'], StringStream::create($body));
    $request->setEndpoint($endpoint . $path . ($query === [] ? '' : '?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986)));
    $credentials = new Credentials(getenv('AWS_ACCESS_KEY_ID'), getenv('AWS_SECRET_ACCESS_KEY'));
    (new SignerV4($service, $region))->sign($request, $credentials, new RequestContext(['currentDate' => new DateTimeImmutable()]));
    $lines = [];
    foreach ($request->getHeaders() as $name => $value) {
        $lines[] = "$name: $value";
    }
    $answer = file_get_contents($request->getEndpoint(), false, stream_context_create(['http' => [
        'method' => $method, 'header' => implode("\r\n", $lines), 'content' => $body, 'ignore_errors' => true, 'timeout' => 30,
    ]]));
    preg_match('#^HTTP/\S+ (\d+)#', $http_response_header[0], $status);
    if ((int) $status[1] >= 300) {
        throw new RuntimeException("$status[1] $answer");
    }
    return $answer;
}

$identity = static function () use ($endpoint, $region): void {
    $sts = new StsClient(Configuration::create([
        'endpoint' => $endpoint, 'region' => $region,
        'accessKeyId' => getenv('AWS_ACCESS_KEY_ID'), 'accessKeySecret' => getenv('AWS_SECRET_ACCESS_KEY'),
    ]), null, Symfony\Component\HttpClient\HttpClient::create(['timeout' => 30]));
    $sts->getCallerIdentity()->resolve();
};
$api = static fn () => send('execute-api', 'POST', '/prod/a', ['x' => '1'], 'one');

if ($argv[1] === 'all') {
    foreach (file(getenv('INTEROP_KEYS_FILE'), FILE_IGNORE_NEW_LINES) as $key) {
        $path = '/prod/' . implode('/', array_map('rawurlencode', explode('/', $key)));
        step('keys', $key, static fn () => send('execute-api', 'POST', $path, [], $key));
        step('queries', "q=$key", static fn () => send('execute-api', 'GET', '/prod/a', ['q' => $key, 'empty' => ''], ''));
    }
    step('sts', 'GetCallerIdentity', $identity);
} else {
    step('one', $service, ['sts' => $identity, 'execute-api' => $api][$service]);
}
say('done');
