import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS SDK for Java 2; keys and region come from the environment, by the SDK's own providers. */
public final class Client {
    private static final URI ENDPOINT = URI.create(System.getenv("INTEROP_ENDPOINT"));
    private static final String BUCKET = System.getenv("INTEROP_BUCKET");
    private static final String SERVICE = System.getenv().getOrDefault("INTEROP_SERVICE", "s3");
    private static final String UTF8_META = "grüße, 世界";
    private static final ClientOverrideConfiguration ONCE =
            ClientOverrideConfiguration.builder().retryPolicy(RetryPolicy.none()).build();
    private static final S3Client S3 =
            S3Client.builder().endpointOverride(ENDPOINT).forcePathStyle(true).overrideConfiguration(ONCE).build();

    public static void main(String[] args) throws Exception {
        if (args[0].equals("all")) everything();
        else step("one", SERVICE, Map.<String, Callable<?>>of("s3", () -> put("one.txt", "one"), "sts", Client::identity, "dynamodb", Client::tables).get(SERVICE));
        say("done");
    }

    private static void everything() throws Exception {
        step("buckets", BUCKET, () -> S3.createBucket(b -> b.bucket(BUCKET)));
        step("buckets", "list", () -> S3.listBuckets());
        S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(ENDPOINT)
                .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
        List<String> keys = Files.readAllLines(Path.of(System.getenv("INTEROP_KEYS_FILE")));
        for (String key : keys) {
            step("keys", key, () -> {
                put(key, key);
                return same(get(key), key);
            });
            step("queries", "prefix=" + key, () -> same(
                    S3.listObjectsV2(b -> b.bucket(BUCKET).prefix(key)).contents().stream().map(S3Object::key).collect(Collectors.joining(",")), key));
            GetObjectRequest asked = GetObjectRequest.builder().bucket(BUCKET).key(key).build();
            say("presigned", key, presigner.presignGetObject(b -> b.signatureDuration(Duration.ofMinutes(5)).getObjectRequest(asked)).url().toString());
        }
        step("metadata", "encoded", () -> S3.putObject(
                b -> b.bucket(BUCKET).key("meta").metadata(Map.of("note", URLEncoder.encode(UTF8_META, StandardCharsets.UTF_8))), RequestBody.fromString("meta")));
        byte[] large = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        step("streaming", "a stream of 300 kB", () -> {
            S3.putObject(b -> b.bucket(BUCKET).key("large"), RequestBody.fromContentProvider(ContentStreamProvider.fromByteArray(large), large.length, "text/plain"));
            return same(get("large"), new String(large, StandardCharsets.UTF_8));
        });
        step("delete", "large", () -> S3.deleteObject(b -> b.bucket(BUCKET).key("large")));
        step("sts", "GetCallerIdentity", Client::identity);
        step("dynamodb", "ListTables", Client::tables);
    }

    private static Object put(String key, String body) {
        return S3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(body));
    }

    private static String get(String key) {
        return S3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
    }

    private static Object identity() {
        return StsClient.builder().endpointOverride(ENDPOINT).overrideConfiguration(ONCE).build().getCallerIdentity();
    }

    private static Object tables() {
        return DynamoDbClient.builder().endpointOverride(ENDPOINT).overrideConfiguration(ONCE).build().listTables();
    }

    private static Object same(String got, String wanted) {
        if (!got.equals(wanted)) throw new IllegalStateException("came back changed: " + got);
        return got;
    }

    private static void step(String name, String detail, Callable<?> work) {
        try {
            work.call();
            say("ok", name, detail);
        } catch (Exception error) {
            say("refused", name, detail, error.toString().replaceAll("\\s+", " "));
        }
    }

    private static void say(String... fields) {
        System.out.write((String.join("\t", fields) + "\n").getBytes(StandardCharsets.UTF_8), 0, (String.join("\t", fields) + "\n").getBytes(StandardCharsets.UTF_8).length);
        System.out.flush();
    }
}
