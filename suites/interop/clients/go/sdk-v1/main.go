package main

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/dynamodb"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/s3/s3manager"
	"github.com/aws/aws-sdk-go/service/sts"

	. "countersign-interop/things"
)

func main() {
	settings := session.Must(session.NewSession(aws.NewConfig().WithEndpoint(Endpoint).WithRegion(Region).WithS3ForcePathStyle(true).WithMaxRetries(0)))
	// Its default resolves // and .. in keys.
	api := s3.New(settings, aws.NewConfig().WithDisableRestProtocolURICleaning(true))
	bucket := aws.String(Bucket)
	put := func(key, body string, meta map[string]*string) error {
		_, err := api.PutObject(&s3.PutObjectInput{Bucket: bucket, Key: &key, Body: strings.NewReader(body), Metadata: meta})
		return err
	}
	get := func(key string) (string, error) {
		found, err := api.GetObject(&s3.GetObjectInput{Bucket: bucket, Key: &key})
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(found.Body)
		return string(text), err
	}
	identity := func() error { _, err := sts.New(settings).GetCallerIdentity(nil); return err }
	tables := func() error { _, err := dynamodb.New(settings).ListTables(nil); return err }

	everything := func() {
		Step("buckets", Bucket, func() error { _, err := api.CreateBucket(&s3.CreateBucketInput{Bucket: bucket}); return err })
		Step("buckets", "list", func() error { _, err := api.ListBuckets(nil); return err })
		for _, key := range Keys() {
			Step("keys", key, func() error {
				if err := put(key, key, nil); err != nil {
					return err
				}
				text, err := get(key)
				if err != nil {
					return err
				}
				return Same(text, key)
			})
			Step("queries", "prefix="+key, func() error {
				found, err := api.ListObjectsV2(&s3.ListObjectsV2Input{Bucket: bucket, Prefix: &key, Delimiter: aws.String("")})
				if err != nil {
					return err
				}
				names := []string{}
				for _, each := range found.Contents {
					names = append(names, *each.Key)
				}
				return Same(strings.Join(names, ","), key)
			})
			asked, _ := api.GetObjectRequest(&s3.GetObjectInput{Bucket: bucket, Key: &key})
			if url, err := asked.Presign(5 * time.Minute); err == nil {
				Say("presigned", key, url)
			}
		}
		Step("metadata", UTF8Meta, func() error { return put("meta", "meta", map[string]*string{"note": aws.String(UTF8Meta)}) })
		Step("streaming", "s3manager, 300 kB", func() error {
			_, err := s3manager.NewUploader(settings).Upload(&s3manager.UploadInput{Bucket: bucket, Key: aws.String("large"), Body: io.MultiReader(bytes.NewBufferString(Large))})
			return err
		})
		Step("delete", "large", func() error {
			_, err := api.DeleteObject(&s3.DeleteObjectInput{Bucket: bucket, Key: aws.String("large")})
			return err
		})
		Step("sts", "GetCallerIdentity", identity)
		Step("dynamodb", "ListTables", tables)
	}
	Run(everything, map[string]func() error{"s3": func() error { return put("one.txt", "one", nil) }, "sts": identity, "dynamodb": tables})
}
