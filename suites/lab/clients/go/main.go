// Go clients with their own logging on: AWS SDK for Go v2 with every log mode, or minio-go with TraceOn.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	"github.com/minio/minio-go/v7"
	miniocredentials "github.com/minio/minio-go/v7/pkg/credentials"
)

type tamper struct {
	Host, Query, Body string
	Path              []string
	Header            []*string
}

type twist struct {
	Secret, KeyID, Region string
	Token                 *string
	Tamper                *tamper
}

type step struct {
	Index         int
	Op, Key, Body string
	Twist         twist
}

type plan struct {
	Endpoint, Bucket, Region, KeyID, Secret, Marks, Style string
	Pause                                                 float64
	PlainBodies                                           bool
	Steps                                                 []step
}

var given plan

func main() {
	text, err := os.ReadFile(os.Args[2])
	if err == nil {
		err = json.Unmarshal(text, &given)
	}
	if err != nil {
		panic(err)
	}
	work := map[string]func(step) error{"sdk": withSDK, "minio": withMinio}[os.Args[1]]
	for _, one := range given.Steps {
		mark(one.Index, "begin")
		if err := work(one); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", one.Op, err)
		}
		mark(one.Index, "end")
		time.Sleep(time.Duration(given.Pause * float64(time.Second)))
	}
}

func mark(index int, what string) {
	info, _ := os.Stderr.Stat()
	file, err := os.OpenFile(given.Marks, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	fmt.Fprintf(file, `{"step":%d,"what":"%s","at":%d,"offset":%d}`+"\n", index, what, time.Now().UnixMilli(), info.Size())
}

// Leads every name to this machine, and changes what was signed, where the step says so.
type transport struct{ changes *tamper }

var here = &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
	_, port, _ := net.SplitHostPort(address)
	return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+port)
}}

func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if t.changes != nil {
		request = changed(request.Clone(request.Context()), t.changes)
	}
	return here.RoundTrip(request)
}

func changed(request *http.Request, with *tamper) *http.Request {
	if len(with.Path) == 2 {
		path := regexp.MustCompile(with.Path[0]).ReplaceAllString(request.URL.EscapedPath(), with.Path[1])
		if plain, err := url.PathUnescape(path); err == nil {
			request.URL.Path, request.URL.RawPath = plain, path
		}
	}
	if with.Query != "" {
		request.URL.RawQuery = strings.TrimPrefix(request.URL.RawQuery+"&"+with.Query, "&")
	}
	if with.Host == ":" {
		request.Host = request.URL.Hostname()
	} else if with.Host != "" {
		request.Host = with.Host
	}
	if len(with.Header) == 2 {
		request.Header.Del(*with.Header[0])
		if with.Header[1] != nil {
			request.Header.Set(*with.Header[0], *with.Header[1])
		}
	}
	if with.Body != "" {
		request.Body = io.NopCloser(strings.NewReader(with.Body))
		request.ContentLength = int64(len(with.Body))
	}
	return request
}

func or(one, other string) string {
	if one == "" {
		return other
	}
	return one
}

func token(one step) string {
	if one.Twist.Token == nil {
		return ""
	}
	return *one.Twist.Token
}

func metadata(one step) map[string]string {
	if strings.HasSuffix(one.Op, "-odd") {
		return map[string]string{"origin": "lab", "batch_no": "7"}
	}
	return map[string]string{"origin": "lab"}
}

func withSDK(one step) error {
	ctx := context.Background()
	client := s3.New(s3.Options{
		BaseEndpoint:  aws.String(given.Endpoint),
		Region:        or(one.Twist.Region, given.Region),
		UsePathStyle:  true,
		Credentials:   credentials.NewStaticCredentialsProvider(or(one.Twist.KeyID, given.KeyID), or(one.Twist.Secret, given.Secret), token(one)),
		HTTPClient:    &http.Client{Transport: transport{one.Twist.Tamper}},
		ClientLogMode: aws.LogSigning | aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogRetries,
	}, func(options *s3.Options) {
		if given.Style == "all" {
			options.Logger = logging.NewStandardLogger(os.Stderr)
		}
		if given.PlainBodies {
			options.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
			options.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		}
	})
	bucket, key := aws.String(given.Bucket), aws.String(one.Key)
	put := func() error {
		_, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader(one.Body), ContentType: aws.String("text/plain"), Metadata: metadata(one)})
		return err
	}
	switch strings.TrimSuffix(one.Op, "-odd") {
	case "put":
		return put()
	case "head-then-put":
		if _, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: bucket, Key: key}); err != nil {
			fmt.Fprintf(os.Stderr, "head: %v\n", err)
		}
		return put()
	case "get", "missing":
		answer, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: key})
		if err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
		}
		return err
	case "head":
		_, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: bucket, Key: key})
		return err
	case "list":
		_, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: key, MaxKeys: aws.Int32(5)})
		return err
	case "pages":
		pages := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{Bucket: bucket, MaxKeys: aws.Int32(2)})
		for count := 0; pages.HasMorePages() && count < 3; count++ {
			if _, err := pages.NextPage(ctx); err != nil {
				return err
			}
		}
		return nil
	case "delete":
		_, err := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: key})
		return err
	}
	_, err := client.ListBuckets(ctx, &s3.ListBucketsInput{})
	return err
}

func withMinio(one step) error {
	ctx := context.Background()
	client, err := minio.New(strings.TrimPrefix(given.Endpoint, "http://"), &minio.Options{
		Creds:        miniocredentials.NewStaticV4(or(one.Twist.KeyID, given.KeyID), or(one.Twist.Secret, given.Secret), token(one)),
		Region:       or(one.Twist.Region, given.Region),
		Transport:    transport{one.Twist.Tamper},
		BucketLookup: minio.BucketLookupPath,
		MaxRetries:   1,
	})
	if err != nil {
		return err
	}
	client.TraceOn(os.Stderr)
	put := func() error {
		_, err := client.PutObject(ctx, given.Bucket, one.Key, bytes.NewReader([]byte(one.Body)), int64(len(one.Body)), minio.PutObjectOptions{ContentType: "text/plain", UserMetadata: metadata(one), DisableContentSha256: given.Style == "unsigned"})
		return err
	}
	switch strings.TrimSuffix(one.Op, "-odd") {
	case "put":
		return put()
	case "head-then-put":
		if _, err := client.StatObject(ctx, given.Bucket, one.Key, minio.StatObjectOptions{}); err != nil {
			fmt.Fprintf(os.Stderr, "head: %v\n", err)
		}
		return put()
	case "get", "missing":
		object, err := client.GetObject(ctx, given.Bucket, one.Key, minio.GetObjectOptions{})
		if err == nil {
			_, err = io.Copy(io.Discard, object)
		}
		return err
	case "head":
		_, err := client.StatObject(ctx, given.Bucket, one.Key, minio.StatObjectOptions{})
		return err
	case "list", "pages":
		for found := range client.ListObjects(ctx, given.Bucket, minio.ListObjectsOptions{Prefix: one.Key, MaxKeys: 2, Recursive: true}) {
			if found.Err != nil {
				return found.Err
			}
		}
		return nil
	case "delete":
		return client.RemoveObject(ctx, given.Bucket, one.Key, minio.RemoveObjectOptions{})
	}
	_, err = client.ListBuckets(ctx)
	return err
}
