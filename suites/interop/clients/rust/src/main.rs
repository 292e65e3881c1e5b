//! The signer of AWS's SDK for Rust, alone: it signs, and the bytes are sent as they are written here.
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    sign, PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningInstructions,
    SigningSettings, UriPathNormalizationMode,
};
use aws_sigv4::sign::{v4, v4a};
use std::env::var;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime};

const UTF8_META: &str = "grüße, 世界";
type Outcome = Result<Vec<u8>, String>;

struct Asked<'a> {
    service: &'a str,
    method: &'a str,
    target: &'a str,
    body: &'a [u8],
    headers: Vec<(&'a str, &'a str)>,
}

fn env(name: &str) -> String {
    var(name).unwrap_or_default()
}

fn host() -> String {
    env("INTEROP_ENDPOINT").trim_start_matches("http://").to_owned()
}

/// For every region, or where one request is to fail, for the one given.
fn region_set(region: &str) -> &str {
    if std::env::args().nth(1).as_deref() == Some("all") {
        "*"
    } else {
        region
    }
}

fn instructions(asked: &Asked, presigned: bool) -> Result<SigningInstructions, String> {
    let identity = Credentials::new(env("AWS_ACCESS_KEY_ID"), env("AWS_SECRET_ACCESS_KEY"), None, None, "interop").into();
    let mut settings = SigningSettings::default();
    if asked.service == "s3" {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    if presigned {
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(Duration::from_secs(300));
        settings.payload_checksum_kind = PayloadChecksumKind::NoHeader;
    }
    let url = format!("{}{}", env("INTEROP_ENDPOINT"), asked.target);
    let body = if presigned { SignableBody::UnsignedPayload } else { SignableBody::Bytes(asked.body) };
    let host = host();
    let mut headers = vec![("host", host.as_str())];
    headers.extend(asked.headers.iter().copied());
    let request = SignableRequest::new(asked.method, url, headers.into_iter(), body).map_err(|error| format!("{error:?}"))?;
    let region = env("AWS_REGION");
    let params = if env("INTEROP_ALGORITHM") == "v4a" {
        v4a::SigningParams::builder()
            .identity(&identity)
            .region_set(region_set(&region))
            .name(asked.service)
            .time(SystemTime::now())
            .settings(settings)
            .build()
            .map_err(|error| error.to_string())?
            .into()
    } else {
        v4::SigningParams::builder()
            .identity(&identity)
            .region(&region)
            .name(asked.service)
            .time(SystemTime::now())
            .settings(settings)
            .build()
            .map_err(|error| error.to_string())?
            .into()
    };
    Ok(sign(request, &params).map_err(|error| format!("{error:?}"))?.into_parts().0)
}

fn send(asked: Asked) -> Outcome {
    let signed = instructions(&asked, false)?;
    let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n", asked.method, asked.target, host(), asked.body.len());
    for (name, value) in &asked.headers {
        head += &format!("{name}: {value}\r\n");
    }
    for (name, value) in signed.headers() {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    let mut connection = TcpStream::connect(host()).map_err(|error| error.to_string())?;
    connection.set_read_timeout(Some(Duration::from_secs(30))).map_err(|error| error.to_string())?;
    connection.write_all(&[head.as_bytes(), asked.body].concat()).map_err(|error| error.to_string())?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).map_err(|error| error.to_string())?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no answer")?;
    let status = String::from_utf8_lossy(&answer[9..12]).into_owned();
    let body = answer[end + 4..].to_vec();
    if status.starts_with('2') {
        Ok(body)
    } else {
        Err(format!("{status} {}", String::from_utf8_lossy(&body).split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

fn encoded(key: &str) -> String {
    key.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => (byte as char).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn path_of(key: &str) -> String {
    format!("/{}/{}", env("INTEROP_BUCKET"), encoded(key))
}

fn s3(method: &str, target: &str, body: &[u8]) -> Outcome {
    send(Asked { service: "s3", method, target, body, headers: vec![] })
}

fn identity() -> Outcome {
    let headers = vec![("content-type", "application/x-www-form-urlencoded")];
    send(Asked { service: "sts", method: "POST", target: "/", body: b"Action=GetCallerIdentity&Version=2011-06-15", headers })
}

fn api(target: &str) -> Outcome {
    send(Asked { service: "execute-api", method: "GET", target, body: b"", headers: vec![] })
}

fn there_and_back(key: &str) -> Outcome {
    s3("PUT", &path_of(key), key.as_bytes())?;
    let back = s3("GET", &path_of(key), b"")?;
    if back == key.as_bytes() { Ok(back) } else { Err("came back changed".into()) }
}

fn presigned(key: &str) -> Result<String, String> {
    let target = path_of(key);
    let signed = instructions(&Asked { service: "s3", method: "GET", target: &target, body: b"", headers: vec![] }, true)?;
    let query: Vec<String> = signed.params().iter().map(|(name, value)| format!("{name}={}", encoded(value).replace('/', "%2F"))).collect();
    Ok(format!("{}{target}?{}", env("INTEROP_ENDPOINT"), query.join("&")))
}

fn step(name: &str, detail: &str, outcome: Outcome) {
    match outcome {
        Ok(_) => println!("ok\t{name}\t{detail}"),
        Err(said) => println!("refused\t{name}\t{detail}\t{said}"),
    }
}

fn lines(name: &str) -> Vec<String> {
    std::fs::read_to_string(env(name)).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn main() {
    let bucket = format!("/{}", env("INTEROP_BUCKET"));
    if std::env::args().nth(1).as_deref() == Some("all") {
        step("buckets", &bucket, s3("PUT", &bucket, b""));
        for key in lines("INTEROP_KEYS_FILE") {
            step("keys", &key, there_and_back(&key));
            match presigned(&key) {
                Ok(url) => println!("presigned\t{key}\t{url}"),
                Err(said) => println!("refused\tpresigned\t{key}\t{said}"),
            }
        }
        for query in lines("INTEROP_QUERIES_FILE") {
            step("queries", &format!("s3 ?{query}"), s3("GET", &format!("{bucket}?{query}"), b""));
            step("queries", &format!("execute-api ?{query}"), api(&format!("/prod/a%20b?{query}")));
        }
        let target = path_of("meta");
        let headers = vec![("x-amz-meta-note", UTF8_META)];
        step("metadata", UTF8_META, send(Asked { service: "s3", method: "PUT", target: &target, body: b"meta", headers }));
        step("sts", "GetCallerIdentity", identity());
    } else {
        let service = env("INTEROP_SERVICE");
        let outcome = match service.as_str() {
            "sts" => identity(),
            "execute-api" => api("/prod/a%20b?x=1"),
            _ => s3("PUT", &path_of("one.txt"), b"one"),
        };
        step("one", &service, outcome);
    }
    println!("done");
}
