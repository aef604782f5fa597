package main

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"bazaar/internal/shop"
)

const (
	defaultRows    = 100
	maxRows        = 5000
	maxRegionBytes = 16
)

// salesRequest says which sales are wanted.
type salesRequest struct {
	region string // well-formed; may not exist
	from   string // 2025-03-09
	rows   int
}

func parseSales(params url.Values) (salesRequest, error) {
	region, err := parseRegion(params)
	if err != nil {
		return salesRequest{}, err
	}
	from, err := parseDay(params.Get("from"))
	if err != nil {
		return salesRequest{}, err
	}
	rows, err := parseRows(params.Get("rows"))
	if err != nil {
		return salesRequest{}, err
	}
	return salesRequest{region: region, from: from, rows: rows}, nil
}

func parseRegion(params url.Values) (string, error) {
	region := params.Get("region")
	good := len(region) >= 1 && len(region) <= maxRegionBytes
	for _, c := range []byte(region) {
		good = good && 'a' <= c && c <= 'z'
	}
	if !good {
		return "", fmt.Errorf("region %q is not 1 to %d lower-case letters", region, maxRegionBytes)
	}
	return region, nil
}

func parseDay(text string) (string, error) {
	if text == "" {
		return shop.FirstDay, nil
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", fmt.Errorf("from %q is not a day like %s", text, shop.FirstDay)
	}
	return text, nil
}

func parseRows(text string) (int, error) {
	if text == "" {
		return defaultRows, nil
	}
	rows, err := strconv.Atoi(text)
	if err != nil || rows < 1 || rows > maxRows {
		return 0, fmt.Errorf("rows %q is not a number from 1 to %d", text, maxRows)
	}
	return rows, nil
}
