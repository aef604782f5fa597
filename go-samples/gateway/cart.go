package main

import (
	"errors"
	"fmt"
	"strings"

	"bazaar/internal/shop"
)

const (
	maxItems     = 200
	maxQuantity  = 99
	maxReference = 80
	maxEmail     = 120
)

// cart is what a customer wants to buy, as sent.
type cart struct {
	Customer  string `json:"customer"`
	Reference string `json:"reference"`
	Items     []item `json:"items"`
}

type item struct {
	SKU       string `json:"sku"`
	Quantity  int    `json:"quantity"`
	Reference string `json:"reference"`
}

// order is a cart that is about to be paid.
type order struct {
	cart
	Card  string `json:"card"`
	Email string `json:"email"`
}

// validate checks everything that needs no catalogue, and tidies the SKUs.
func (c *cart) validate() error {
	if !isCustomerID(c.Customer) {
		return fmt.Errorf("customer %q is not like C-00001", c.Customer)
	}
	if len(c.Reference) > maxReference {
		return fmt.Errorf("reference is longer than %d bytes", maxReference)
	}
	if len(c.Items) < 1 || len(c.Items) > maxItems {
		return fmt.Errorf("%d items, must be 1 to %d", len(c.Items), maxItems)
	}
	for i := range c.Items {
		if err := c.Items[i].validate(); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return nil
}

func (i *item) validate() error {
	i.SKU = strings.ToUpper(strings.TrimSpace(i.SKU))
	switch {
	case !isSKU(i.SKU):
		return fmt.Errorf("sku %q is not like KT-0042", i.SKU)
	case i.Quantity < 1 || i.Quantity > maxQuantity:
		return fmt.Errorf("quantity %d is not 1 to %d", i.Quantity, maxQuantity)
	case len(i.Reference) > maxReference:
		return fmt.Errorf("reference is longer than %d bytes", maxReference)
	}
	return nil
}

func (o *order) validate() error {
	if err := o.cart.validate(); err != nil {
		return err
	}
	if !shop.IsCard(o.Card) {
		return errors.New("card is not TEST- and eight digits")
	}
	name, host, found := strings.Cut(o.Email, "@")
	if !found || name == "" || host == "" || len(o.Email) > maxEmail {
		return errors.New("email is not an address")
	}
	return nil
}

// maskCard leaves the last four digits of a well-formed card.
func maskCard(card string) string { return "TEST-****" + card[len(card)-4:] }

// isCustomerID says whether id is "C-" and five digits.
func isCustomerID(id string) bool {
	return len(id) == 7 && id[:2] == "C-" && isDigits(id[2:])
}

// isSKU says whether sku is two capital letters, a dash and four digits.
func isSKU(sku string) bool {
	return len(sku) == 7 && isCapital(sku[0]) && isCapital(sku[1]) && sku[2] == '-' && isDigits(sku[3:])
}

func isCapital(c byte) bool { return 'A' <= c && c <= 'Z' }

func isDigits(text string) bool {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
