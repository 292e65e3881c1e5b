#!/usr/bin/perl
# Net::Amazon::S3 for the objects, Net::Amazon::Signature::V4 with LWP for raw requests.
use strict;
use warnings;
use utf8;
use Encode qw(encode_utf8 decode_utf8);
use HTTP::Request;
use LWP::UserAgent;
use Net::Amazon::S3;
use Net::Amazon::S3::Authorization::Basic;
use Net::Amazon::S3::Vendor::Generic;
use Net::Amazon::Signature::V4;
use POSIX qw(strftime);

binmode STDOUT, ':raw';
$| = 1;
my ($endpoint, $bucket, $region) = @ENV{qw(INTEROP_ENDPOINT INTEROP_BUCKET AWS_REGION)};
my $service = $ENV{INTEROP_SERVICE} // 's3';
my $agent = LWP::UserAgent->new(timeout => 30);

sub say_fields { print join("\t", @_), "\n" }
sub lines { open my $file, '<:raw', $ENV{ +shift } or die $!; chomp(my @lines = <$file>); return @lines }
sub step {
    my ($name, $detail, $work) = @_;
    if (eval { $work->(); 1 }) { say_fields('ok', $name, $detail) }
    else { my $said = "$@"; $said =~ s/\s+/ /g; utf8::encode($said) if utf8::is_utf8($said); say_fields('refused', $name, $detail, $said) }
}

# Signed and sent as it stands.
sub raw {
    my ($for, $method, $target, $body, %headers) = @_;
    my $signer = Net::Amazon::Signature::V4->new($ENV{AWS_ACCESS_KEY_ID}, $ENV{AWS_SECRET_ACCESS_KEY}, $region, $for);
    my $request = HTTP::Request->new($method, $endpoint . $target, [%headers], $body // '');
    $request->header('X-Amz-Date' => strftime('%Y%m%dT%H%M%SZ', gmtime));
    $request->header(Host => $request->uri->host_port);
    my $answer = $agent->request($signer->sign($request));
    die $answer->status_line . ' ' . $answer->decoded_content . "\n" unless $answer->is_success;
    return $answer->content;
}

sub identity { raw('sts', 'POST', '/', 'Action=GetCallerIdentity&Version=2011-06-15', 'Content-Type' => 'application/x-www-form-urlencoded') }

my $store = Net::Amazon::S3->new(
    authorization_context => Net::Amazon::S3::Authorization::Basic->new(
        aws_access_key_id => $ENV{AWS_ACCESS_KEY_ID}, aws_secret_access_key => $ENV{AWS_SECRET_ACCESS_KEY}),
    vendor => Net::Amazon::S3::Vendor::Generic->new(
        host => $endpoint =~ s{^http://}{}r, use_https => 0, use_virtual_host => 0, default_region => $region,
        authorization_method => 'Net::Amazon::S3::Signature::V4'),
    retry => 0,
);
my $place = $store->bucket($bucket);
my $put = sub { my ($key, $body, $more) = @_; $place->add_key($key, $body, $more // {}) or die $store->err . ' ' . $store->errstr . "\n" };

if ($ARGV[0] eq 'all') {
    step('buckets', $bucket, sub { $store->add_bucket({ bucket => $bucket, location_constraint => $region }) or die $store->err . ' ' . $store->errstr });
    for my $bytes (lines('INTEROP_KEYS_FILE')) {
        my $key = decode_utf8($bytes);
        step('keys', $bytes, sub {
            $put->($key, $bytes);
            my $back = $place->get_key($key) or die "nothing came back\n";
            die "came back changed\n" unless $back->{value} eq $bytes;
        });
    }
    for my $query (lines('INTEROP_QUERIES_FILE')) {
        step('queries', "execute-api ?$query", sub { raw('execute-api', 'GET', "/prod/a?$query") });
    }
    step('metadata', 'encoded', sub { $put->('meta', 'meta', { 'x-amz-meta-note' => 'gr%C3%BC%C3%9Fe' }) });
    step('delete', 'meta', sub { $place->delete_key('meta') or die $store->errstr });
    step('sts', 'GetCallerIdentity', \&identity);
}
else {
    my %one = (s3 => sub { $put->('one.txt', 'one') }, sts => \&identity, 'execute-api' => sub { raw('execute-api', 'GET', '/prod/a?x=1') });
    step('one', $service, $one{$service});
}
say_fields('done');
