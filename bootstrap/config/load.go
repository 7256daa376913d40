package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
	"go.yaml.in/yaml/v3"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/catalogue"
)

// FileVariable names the variable that holds the path of the configuration file.
const FileVariable = "APP_CONFIG_PATH"

// Load reads the configuration from the environment (as os.Environ gives it)
// and the file that it names, if any. It fails with Invalid and lists every
// fault at once: values that cannot be read or are not allowed, names in the
// file that nobody knows, combinations that are refused.
func Load(environ []string) (*Config, error) {
	environment := env.ToMap(environ)
	fault := domain.Invalid.New("The configuration is not usable")
	file, err := readFile(environment)
	if err != nil {
		return nil, err
	}
	values := maps.Clone(file)
	for name, value := range environment {
		if strings.TrimSpace(value) != "" {
			values[name] = value
		}
	}
	c := &Config{sources: make(map[string]string)}
	err = env.ParseWithOptions(c, env.Options{Environment: values, OnSet: func(tag string, _ any, isDefault bool) {
		c.sources[tag] = sourceOf(tag, isDefault, environment, file)
	}})
	var all env.AggregateError
	switch {
	case errors.As(err, &all):
		for _, e := range all.Errors {
			fault = fault.WithField(variableOf(e), "type", e.Error())
		}
	case err != nil:
		fault = fault.WithField("configuration", "type", err.Error())
	}
	for _, complaint := range c.complaints(values, file) {
		fault = fault.WithField(complaint.Field, complaint.Rule, complaint.Message)
	}
	if len(fault.Fields) > 0 {
		return nil, fault
	}
	return c, nil
}

func sourceOf(name string, isDefault bool, environment, file map[string]string) string {
	switch {
	case isDefault:
		return "default"
	case strings.TrimSpace(environment[name]) != "":
		return "env"
	case file[name] != "":
		return "file"
	}
	return "default"
}

// variableOf finds the name of the variable in an error of the library.
func variableOf(err error) string {
	var parse env.ParseError
	if errors.As(err, &parse) {
		for _, f := range fields(&Config{}) {
			if f.field == parse.Name {
				return f.name
			}
		}
		return parse.Name
	}
	return "configuration"
}

var reference = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}`)

// readFile reads NAME: value pairs; ${NAME:-default} in a value stands for the
// variable of the environment.
func readFile(environment map[string]string) (map[string]string, error) {
	path := environment[FileVariable]
	if path == "" {
		return map[string]string{}, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The configuration file "+path+" cannot be read; correct "+FileVariable+".")
	}
	var raw map[string]any
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&raw); err != nil {
		return nil, domain.Invalid.Wrap(err, fmt.Sprintf("The configuration file %s is not a map of names to values: %v", path, err))
	}
	values := make(map[string]string, len(raw))
	for name, value := range raw {
		values[name] = reference.ReplaceAllStringFunc(fmt.Sprint(value), func(match string) string {
			parts := reference.FindStringSubmatch(match)
			if set := environment[parts[1]]; set != "" {
				return set
			}
			return parts[2]
		})
	}
	return values, nil
}

// complaints checks what the library cannot: allowed words, bounds, names and
// combinations.
func (c *Config) complaints(values, file map[string]string) []domain.FieldError {
	var out []domain.FieldError
	add := func(field, rule, message string) {
		out = append(out, domain.FieldError{Field: field, Rule: rule, Message: message})
	}
	known := map[string]bool{FileVariable: true}
	for _, f := range fields(c) {
		known[f.name] = true
		if f.allowed != nil && f.value != "" && !slices.Contains(f.allowed, f.value) {
			add(f.name, "enum", fmt.Sprintf("is %q and must be one of %s", f.value, strings.Join(f.allowed, ", ")))
		}
	}
	for _, s := range catalogue.Services() {
		known[s.Variable()], known[s.URLVariable()] = true, true
		if _, err := c.portOf(s, values); err != nil {
			add(s.Variable(), "type", err.Error())
		} else {
			c.remember(s.Variable(), values, file)
		}
		if err := c.urlOf(s, values); err != nil {
			add(s.URLVariable(), "type", err.Error())
		} else {
			c.remember(s.URLVariable(), values, file)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(file)) {
		if !known[name] {
			add(name, "unknown", "is in the configuration file and nobody knows it")
		}
	}
	if c.DocStorePool < 1 || c.DocStorePool > 20 {
		add("DOCSTORE_CONNECTION_POOL_SIZE", "bounds", "must be from 1 to 20")
	}
	if strings.Contains(c.DocStoreDB, "..") {
		add("DOCSTORE_DB", "path", "must not hold ..; give an absolute path")
	}
	for name, path := range map[string]string{"ANALYSIS_DB_PATH": c.AnalysisDB, "ORCHESTRATOR_DB_PATH": c.OrchestratorDB} {
		if strings.Contains(path, "..") || path == ":memory:" {
			add(name, "path", "must be the absolute path of a file, without ..")
		}
	}
	for _, peer := range c.Peers {
		if u, err := url.Parse(peer); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			add("ORCHESTRATOR_PEERS", "format", "must list addresses such as http://host:5099, with commas between them")
		}
	}
	c.DocStore.complaints(add)
	if c.Composition != "embedded" && c.Postgres.Host == "" {
		add("POSTGRES_HOST", "required", "must be set for DOCSTEWARD_ENV="+c.Composition)
	}
	if c.Composition == "cluster" && c.Temporal.Address == "" {
		add("TEMPORAL_ADDRESS", "required", "must be set for DOCSTEWARD_ENV=cluster, such as localhost:7233")
	}
	out = append(out, c.redisComplaints()...)
	out = append(out, c.healthComplaints()...)
	out = append(out, c.ingestionComplaints()...)
	if !Loopback(c.Host) && len(c.Auth.Keys) == 0 {
		add("AUTH_API_KEYS", "required", "must be set to listen on "+c.Host+"; without keys only a loopback host is allowed")
	}
	for i, key := range c.Auth.Keys {
		if len(strings.SplitN(key, ":", 3)) != 3 {
			add("AUTH_API_KEYS", "format", fmt.Sprintf("holds as item %d something that is not name:role:key", i+1))
		}
	}
	return out
}

// Loopback reports whether a host is reached from this machine only.
func Loopback(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}
