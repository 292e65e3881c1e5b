package main

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	. "countersign-interop/things"
)

func main() {
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx, config.WithBaseEndpoint(Endpoint), config.WithRetryMaxAttempts(1))
	if err != nil {
		panic(err)
	}
	api := s3.NewFromConfig(settings, func(options *s3.Options) { options.UsePathStyle = true })
	bucket := aws.String(Bucket)
	put := func(key string, body io.Reader, meta map[string]string) error {
		_, err := api.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: &key, Body: body, Metadata: meta})
		return err
	}
	get := func(key string) (string, error) {
		found, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: &key})
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(found.Body)
		return string(text), err
	}
	identity := func() error {
		_, err := sts.NewFromConfig(settings).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		return err
	}
	tables := func() error {
		_, err := dynamodb.NewFromConfig(settings).ListTables(ctx, &dynamodb.ListTablesInput{})
		return err
	}

	everything := func() {
		Step("buckets", Bucket, func() error { _, err := api.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: bucket}); return err })
		Step("buckets", "list", func() error { _, err := api.ListBuckets(ctx, &s3.ListBucketsInput{}); return err })
		presigner := s3.NewPresignClient(api)
		for _, key := range Keys() {
			Step("keys", key, func() error {
				if err := put(key, strings.NewReader(key), nil); err != nil {
					return err
				}
				text, err := get(key)
				if err != nil {
					return err
				}
				return Same(text, key)
			})
			Step("queries", "prefix="+key, func() error {
				found, err := api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: &key, Delimiter: aws.String("")})
				if err != nil {
					return err
				}
				names := []string{}
				for _, each := range found.Contents {
					names = append(names, *each.Key)
				}
				return Same(strings.Join(names, ","), key)
			})
			if signed, err := presigner.PresignGetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: &key}, s3.WithPresignExpires(5*time.Minute)); err == nil {
				Say("presigned", key, signed.URL)
			}
		}
		Step("metadata", UTF8Meta, func() error { return put("meta", strings.NewReader("meta"), map[string]string{"note": UTF8Meta}) })
		Step("streaming", "the uploader, 300 kB", func() error {
			_, err := manager.NewUploader(api).Upload(ctx, &s3.PutObjectInput{Bucket: bucket, Key: aws.String("large"), Body: io.MultiReader(strings.NewReader(Large))})
			return err
		})
		Step("delete", "large", func() error {
			_, err := api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: aws.String("large")})
			return err
		})
		Step("sts", "GetCallerIdentity", identity)
		Step("dynamodb", "ListTables", tables)
	}
	Run(everything, map[string]func() error{
		"s3":       func() error { return put("one.txt", strings.NewReader("one"), nil) },
		"sts":      identity,
		"dynamodb": tables,
	})
}
