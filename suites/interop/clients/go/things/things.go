// Package things is what every client written in Go is given to do, and how it says what came of it (see ../../README.md).
package things

import (
	"fmt"
	"net/url"
	"os"
	"strings"
)

var (
	Endpoint = os.Getenv("INTEROP_ENDPOINT")
	Bucket   = os.Getenv("INTEROP_BUCKET")
	Service  = os.Getenv("INTEROP_SERVICE")
	Region   = os.Getenv("AWS_REGION")
	KeyID    = os.Getenv("AWS_ACCESS_KEY_ID")
	Secret   = os.Getenv("AWS_SECRET_ACCESS_KEY")
	Large    = strings.Repeat("x", 300_000)
)

// UTF8Meta goes out as it stands; EncodedMeta for clients that take ASCII only.
const UTF8Meta = "grüße, 世界"

var EncodedMeta = url.QueryEscape(UTF8Meta)

// Keys are the odd ones.
func Keys() []string {
	text, err := os.ReadFile(os.Getenv("INTEROP_KEYS_FILE"))
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func Say(fields ...string) { fmt.Println(strings.Join(fields, "\t")) }

// Step does one thing and says "ok", or "refused" with what the client says of it.
func Step(name, detail string, work func() error) {
	if err := work(); err != nil {
		Say("refused", name, detail, strings.Join(strings.Fields(err.Error()), " "))
		return
	}
	Say("ok", name, detail)
}

func Same(got, wanted string) error {
	if got != wanted {
		return fmt.Errorf("came back changed: %.60q", got)
	}
	return nil
}

// Run does everything, or one request of a service.
func Run(everything func(), one map[string]func() error) {
	if os.Args[1] == "all" {
		everything()
	} else {
		Step("one", Service, one[Service])
	}
	Say("done")
}
