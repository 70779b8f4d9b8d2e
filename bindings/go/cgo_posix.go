// SPDX-License-Identifier: MIT

//go:build linux && !codedeploy_no_posix

package codedeploy

// #cgo pkg-config: codedeploy-posix
import "C"
