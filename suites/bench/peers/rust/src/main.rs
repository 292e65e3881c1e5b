//! The signer of AWS's SDK for Rust: signs the requests of a file as often as it is told, and says what processor time that took.
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    sign, PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode,
};
use aws_sigv4::sign::v4;
use std::fs::read_to_string;
use std::io::{stdin, BufRead};
use std::time::{Duration, SystemTime};

/// A line of the file: method, URL, signature, then names and values in turn, between tabs.
struct Given {
    method: String,
    url: String,
    signature: String,
    headers: Vec<(String, String)>,
}

/// Nanoseconds of the one thread that there is.
fn spent() -> u64 {
    let text = read_to_string("/proc/self/schedstat").expect("Linux");
    text.split(' ').next().and_then(|first| first.parse().ok()).expect("a number")
}

fn given(line: &str) -> Given {
    let mut fields = line.split('\t').map(str::to_owned);
    let mut next = || fields.next().expect("a field");
    let (method, url, signature) = (next(), next(), next());
    let rest: Vec<String> = fields.collect();
    let headers = rest.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    Given { method, url, signature, headers }
}

fn main() {
    let text = read_to_string(std::env::args().nth(1).expect("a file")).expect("text");
    let mut lines = text.lines();
    let first: Vec<&str> = lines.next().expect("the first line").split('\t').collect();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(first[2].parse().expect("seconds"));
    let all: Vec<Given> = lines.map(given).collect();
    let identity = Credentials::new(first[0], first[1], None, None, "bench").into();
    for line in stdin().lock().lines() {
        let times: usize = line.expect("a line").parse().expect("a number");
        let before = spent();
        let mut right = 0;
        for i in 0..times {
            let one = &all[i % all.len()];
            let mut settings = SigningSettings::default();
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
            let params = v4::SigningParams::builder()
                .identity(&identity)
                .region("us-east-1")
                .name("s3")
                .time(time)
                .settings(settings)
                .build()
                .expect("parameters")
                .into();
            let headers = one.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let request = SignableRequest::new(&one.method, &one.url, headers, SignableBody::Bytes(b"")).expect("a request");
            let signature = sign(request, &params).expect("a signature").into_parts().1;
            if signature == one.signature {
                right += 1;
            }
        }
        println!("{} {}", spent() - before, right);
    }
}
