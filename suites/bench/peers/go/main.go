// The signer of AWS's SDK for Go v2: signs the requests of a file as often as it is told, and says what processor time that took.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

type work struct {
	ID, Secret, Empty string
	Seconds           int64
	Requests          []struct {
		Method, URL, Signature string
		Headers                [][2]string
	}
}

func spent() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func main() {
	var all work
	text, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic(err)
	}
	requests := make([]*http.Request, len(all.Requests))
	for i, given := range all.Requests {
		request, err := http.NewRequest(given.Method, given.URL, nil)
		if err != nil {
			panic(err)
		}
		for _, header := range given.Headers {
			request.Header.Set(header[0], header[1])
		}
		requests[i] = request
	}
	signer := v4.NewSigner(func(options *v4.SignerOptions) { options.DisableURIPathEscaping = true })
	credentials := aws.Credentials{AccessKeyID: all.ID, SecretAccessKey: all.Secret}
	now := time.Unix(all.Seconds, 0).UTC()
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		times, _ := strconv.Atoi(lines.Text())
		right, before := 0, spent()
		for i := range times {
			at := i % len(requests)
			if err := signer.SignHTTP(context.Background(), credentials, requests[at], all.Empty, "s3", "us-east-1", now); err != nil {
				panic(err)
			}
			if strings.HasSuffix(requests[at].Header.Get("Authorization"), all.Requests[at].Signature) {
				right++
			}
		}
		fmt.Println(spent()-before, right)
	}
}
