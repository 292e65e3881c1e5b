import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Where the AWS SDK for Java v2 takes its keys and region from. A set-up is a line of words in base64, the profile (or "-") and each
 * NAME=value; an answer is a line of JSON. Keys that would have to be asked for are none, for there is nobody to ask.
 */
public class Driver {
  public static void main(String[] args) throws Exception {
    Map<String, String> env = writableEnvironment();
    String path = env.get("PATH");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = lines.readLine()) != null; ) {
      String[] words = line.split(" ");
      env.clear();
      env.put("PATH", path);
      for (int i = 1; i < words.length; i++) {
        String[] pair = decoded(words[i]).split("=", 2);
        env.put(pair[0], pair[1]);
      }
      System.out.println("{" + keys(words[0].equals("-") ? null : decoded(words[0])) + ",\"region\":" + json(region()) + "}");
    }
  }

  private static String keys(String profile) {
    AwsCredentialsProvider provider = profile == null
        ? DefaultCredentialsProvider.builder().reuseLastProviderEnabled(false).build()
        : ProfileCredentialsProvider.builder().profileName(profile).build();
    try {
      AwsCredentials found = provider.resolveCredentials();
      String token = found instanceof AwsSessionCredentials session ? session.sessionToken() : null;
      return "\"kind\":\"keys\",\"id\":" + json(found.accessKeyId()) + ",\"secret\":" + json(found.secretAccessKey())
          + ",\"token\":" + json(token);
    } catch (RuntimeException nobody) {
      return "\"kind\":\"none\"";
    }
  }

  private static String region() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (RuntimeException nowhere) {
      return null;
    }
  }

  /** Java has no way to set a variable of its own process; the map behind the one that it shows can be changed. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> writableEnvironment() throws ReflectiveOperationException {
    Field shown = Class.forName("java.lang.ProcessEnvironment").getDeclaredField("theUnmodifiableEnvironment");
    shown.setAccessible(true);
    Object unmodifiable = shown.get(null);
    Field behind = unmodifiable.getClass().getDeclaredField("m");
    behind.setAccessible(true);
    return (Map<String, String>) behind.get(unmodifiable);
  }

  private static String decoded(String word) {
    return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
  }

  private static String json(String text) {
    if (text == null) return "null";
    StringBuilder out = new StringBuilder("\"");
    for (char one : text.toCharArray())
      out.append(one < ' ' || one > '~' || one == '"' || one == '\\' ? String.format("\\u%04x", (int) one) : String.valueOf(one));
    return out.append('"').toString();
  }
}
