// Package serviceregistry is the published language of the directory of services.
package serviceregistry
