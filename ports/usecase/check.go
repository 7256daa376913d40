package usecase

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Check compares a menu (a pointer to a struct of ports) with its table. It
// fails with Internal and names every port that is empty, every port that no
// row mentions, every row of another menu, and every two rows that share a name
// or a route.
func Check(menu any, operations []Operation) error {
	var complaints []string
	mentioned := make(map[any]bool, len(operations))
	names, routes := map[string]bool{}, map[string]bool{}
	for _, op := range operations {
		mentioned[op.Slot.port()] = true
		if names[op.Name] {
			complaints = append(complaints, "two operations are named "+op.Name)
		}
		names[op.Name] = true
		route := op.Method + " " + op.Path
		if routes[route] {
			complaints = append(complaints, "two operations share the route "+route)
		}
		routes[route] = true
		if !op.Slot.Filled() {
			complaints = append(complaints, op.Name+" has no implementation")
		}
	}
	complaints = append(complaints, unmentioned(menu, mentioned)...)
	if len(complaints) > 0 {
		return domain.Internal.New(fmt.Sprintf("The menu %T is wrong: %s.", menu, strings.Join(complaints, "; ")))
	}
	return nil
}

func unmentioned(menu any, mentioned map[any]bool) []string {
	var complaints []string
	value := reflect.ValueOf(menu).Elem()
	for i := range value.NumField() {
		field := value.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		pointer := value.Field(i).Addr().Interface()
		if _, isPort := pointer.(interface{ filled() bool }); !isPort {
			complaints = append(complaints, field.Name+" is not a port")
			continue
		}
		if !mentioned[pointer] {
			complaints = append(complaints, field.Name+" is reached by no operation")
		}
	}
	return complaints
}
