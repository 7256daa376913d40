package config

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/ports/catalogue"
)

// ServicePort returns the port that a service listens on: that of its variable,
// or else of the catalogue. 0 lets the system choose.
func (c *Config) ServicePort(s catalogue.Service) int {
	if port, ok := c.ports[s.ID]; ok {
		return port
	}
	return s.Port
}

// ServiceURL is where a service answers: at its _URL variable, or else on the host of
// this process at the service's port.
func (c *Config) ServiceURL(s catalogue.Service) string {
	if base := c.urls[s.ID]; base != "" {
		return base
	}
	return "http://" + net.JoinHostPort(c.Host, strconv.Itoa(c.ServicePort(s)))
}

// Elsewhere reports whether the service has an address of its own: its _URL variable
// is set.
func (c *Config) Elsewhere(s catalogue.Service) bool { return c.urls[s.ID] != "" }

// urlOf reads the address of a service in another process.
func (c *Config) urlOf(s catalogue.Service, values map[string]string) error {
	text := values[s.URLVariable()]
	if text == "" {
		return nil
	}
	if u, err := url.Parse(text); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("is %q and must be an address such as http://host:port", text)
	}
	if c.urls == nil {
		c.urls = make(map[string]string)
	}
	c.urls[s.ID] = strings.TrimSuffix(text, "/")
	return nil
}

func (c *Config) portOf(s catalogue.Service, values map[string]string) (int, error) {
	text, ok := values[s.Variable()]
	if !ok || text == "" {
		return s.Port, nil
	}
	port, err := strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return 0, fmt.Errorf("is %q and must be a port number from 0 to 65535", text)
	}
	if c.ports == nil {
		c.ports = make(map[string]int)
	}
	c.ports[s.ID] = port
	return port, nil
}

// remember notes where the value of a variable outside the struct came from.
func (c *Config) remember(name string, values, file map[string]string) {
	switch values[name] {
	case "":
		c.sources[name] = "default"
	case file[name]:
		c.sources[name] = "file"
	default:
		c.sources[name] = "env"
	}
}
