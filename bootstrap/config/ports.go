package config

import (
	"fmt"
	"strconv"

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
