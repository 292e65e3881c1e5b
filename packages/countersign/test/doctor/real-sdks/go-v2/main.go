// Where the AWS SDK for Go v2 takes its keys and region from: one set-up a line of standard input, one answer a line of output. Keys that
// would have to be asked for are named by the error, for there is nobody to ask.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

type setup struct {
	Env     map[string]string
	Profile *string
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		var given setup
		if err := json.Unmarshal(lines.Bytes(), &given); err != nil {
			panic(err)
		}
		answer, _ := json.Marshal(answerTo(given))
		fmt.Println(string(answer))
	}
}

func answerTo(given setup) map[string]any {
	path := os.Getenv("PATH")
	os.Clearenv()
	os.Setenv("PATH", path)
	for name, value := range given.Env {
		os.Setenv(name, value)
	}
	// The SDK looks for the home folder once, when it is loaded.
	files := given.Env["HOME"] + "/.aws/"
	options := []func(*config.LoadOptions) error{
		config.WithSharedConfigFiles([]string{files + "config"}),
		config.WithSharedCredentialsFiles([]string{files + "credentials"}),
	}
	if given.Profile != nil {
		options = append(options, config.WithSharedConfigProfile(*given.Profile))
	}
	loaded, err := config.LoadDefaultConfig(context.Background(), options...)
	if err != nil {
		return map[string]any{"kind": "error", "region": "error"}
	}
	answer := keysOf(loaded.Credentials.Retrieve(context.Background()))
	answer["region"] = nil
	if loaded.Region != "" {
		answer["region"] = loaded.Region
	}
	return answer
}

func keysOf(keys aws.Credentials, err error) map[string]any {
	if err != nil {
		for mark, source := range map[string]string{"AssumeRole": "assume-role", "SSO": "sso"} {
			if strings.Contains(err.Error(), mark) {
				return map[string]any{"kind": "asked", "source": source}
			}
		}
		return map[string]any{"kind": "none"}
	}
	if strings.Contains(keys.Source, "Process") {
		return map[string]any{"kind": "asked", "source": "process"}
	}
	answer := map[string]any{"kind": "keys", "id": keys.AccessKeyID, "secret": keys.SecretAccessKey, "token": nil}
	if keys.SessionToken != "" {
		answer["token"] = keys.SessionToken
	}
	return answer
}
