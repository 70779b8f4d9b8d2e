// SPDX-License-Identifier: MIT

//go:build !codedeploy_no_sim

package codedeploy

// #cgo pkg-config: codedeploy-sim
import "C"
