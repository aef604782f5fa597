package scenario

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"

	"bazaar/internal/shop"
)

var csvHeader = []string{"order", "date", "customer", "product", "quantity", "priceCents", "note"}

// reportsModel computes reports with encoding/csv and plain loops.
type reportsModel struct {
	shop     *shop.Shop
	byRegion map[string][]shop.Order
}

func newReportsModel(s *shop.Shop) *reportsModel {
	m := &reportsModel{shop: s, byRegion: map[string][]shop.Order{}}
	for _, order := range s.Orders() {
		m.byRegion[order.Region] = append(m.byRegion[order.Region], order)
	}
	return m
}

// csv has the first rows orders of a region since a day.
func (m *reportsModel) csv(region, since string, rows int) []byte {
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	_ = writer.Write(csvHeader) // a buffer doesn't fail
	for _, order := range m.byRegion[region] {
		if order.Date < since {
			continue
		}
		if rows == 0 {
			break
		}
		rows--
		customer, _ := m.shop.Customer(order.CustomerID)
		_ = writer.Write([]string{
			order.ID, order.Date, customer.Name, m.shop.Products[order.ProductID-1].Title,
			strconv.Itoa(order.Quantity), strconv.Itoa(order.PriceCents), order.Note,
		})
	}
	writer.Flush()
	return bytes.Clone(out.Bytes())
}

type reportSummary struct {
	Region       string      `json:"region"`
	Name         string      `json:"name"`
	Orders       int         `json:"orders"`
	Units        int         `json:"units"`
	RevenueCents int         `json:"revenueCents"`
	FirstDay     string      `json:"firstDay"`
	LastDay      string      `json:"lastDay"`
	Top          []topSeller `json:"top"`
}

type topSeller struct {
	SKU          string `json:"sku"`
	Title        string `json:"title"`
	Units        int    `json:"units"`
	RevenueCents int    `json:"revenueCents"`
}

const topCount = 5

func (m *reportsModel) summary(region shop.Region) reportSummary {
	orders := m.byRegion[region.Code]
	result := reportSummary{Region: region.Code, Name: region.Name, Orders: len(orders), Top: []topSeller{}}
	sellers := make([]topSeller, len(m.shop.Products))
	for i, order := range orders {
		if i == 0 {
			result.FirstDay = order.Date
		}
		result.LastDay = order.Date
		revenue := order.Quantity * order.PriceCents
		result.Units += order.Quantity
		result.RevenueCents += revenue
		product := m.shop.Products[order.ProductID-1]
		seller := &sellers[order.ProductID-1]
		seller.SKU, seller.Title = product.SKU, product.Title
		seller.Units += order.Quantity
		seller.RevenueCents += revenue
	}
	sellers = slices.DeleteFunc(sellers, func(s topSeller) bool { return s.SKU == "" })
	slices.SortFunc(sellers, func(a, b topSeller) int {
		return cmp.Or(cmp.Compare(b.RevenueCents, a.RevenueCents), cmp.Compare(a.SKU, b.SKU))
	})
	result.Top = append(result.Top, sellers[:min(topCount, len(sellers))]...)
	return result
}
