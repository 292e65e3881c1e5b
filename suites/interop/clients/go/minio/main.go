package main

import (
	"context"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	. "countersign-interop/things"
)

func main() {
	ctx := context.Background()
	address, err := url.Parse(Endpoint)
	if err != nil {
		panic(err)
	}
	api, err := minio.New(address.Host, &minio.Options{Creds: credentials.NewStaticV4(KeyID, Secret, ""), Region: Region, BucketLookup: minio.BucketLookupPath, MaxRetries: 1, TrailingHeaders: true})
	if err != nil {
		panic(err)
	}
	// Without TLS minio-go signs every chunk of the body.
	put := func(key, body string, options minio.PutObjectOptions) error {
		_, err := api.PutObject(ctx, Bucket, key, strings.NewReader(body), int64(len(body)), options)
		return err
	}
	get := func(key string) (string, error) {
		found, err := api.GetObject(ctx, Bucket, key, minio.GetObjectOptions{})
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(found)
		return string(text), err
	}
	everything := func() {
		Step("buckets", Bucket, func() error { return api.MakeBucket(ctx, Bucket, minio.MakeBucketOptions{Region: Region}) })
		Step("buckets", "list", func() error { _, err := api.ListBuckets(ctx); return err })
		for _, key := range Keys() {
			Step("keys", key, func() error {
				if err := put(key, key, minio.PutObjectOptions{}); err != nil {
					return err
				}
				text, err := get(key)
				if err != nil {
					return err
				}
				return Same(text, key)
			})
			Step("queries", "prefix="+key, func() error {
				names := []string{}
				for each := range api.ListObjects(ctx, Bucket, minio.ListObjectsOptions{Prefix: key, Recursive: true}) {
					if each.Err != nil {
						return each.Err
					}
					names = append(names, each.Key)
				}
				return Same(strings.Join(names, ","), key)
			})
			if signed, err := api.PresignedGetObject(ctx, Bucket, key, 5*time.Minute, nil); err == nil {
				Say("presigned", key, signed.String())
			}
		}
		Step("metadata", "encoded", func() error {
			return put("meta", "meta", minio.PutObjectOptions{UserMetadata: map[string]string{"note": EncodedMeta}})
		})
		Step("streaming", "signed chunks, 300 kB", func() error {
			if err := put("large", Large, minio.PutObjectOptions{}); err != nil {
				return err
			}
			text, err := get("large")
			if err != nil {
				return err
			}
			return Same(text, Large)
		})
		Step("streaming", "signed chunks and a trailer, 300 kB", func() error {
			return put("large", Large, minio.PutObjectOptions{Checksum: minio.ChecksumCRC32C})
		})
		Step("delete", "large", func() error { return api.RemoveObject(ctx, Bucket, "large", minio.RemoveObjectOptions{}) })
	}
	Run(everything, map[string]func() error{"s3": func() error { return put("one.txt", "one", minio.PutObjectOptions{}) }})
}
