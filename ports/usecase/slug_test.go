package usecase_test

import (
	"fmt"

	"github.com/docsteward/docsteward/ports/usecase"
)

func ExampleOperation_Slug() {
	fmt.Println(usecase.Operation{Name: "StoreDocument"}.Slug())
	// Output: store-document
}
