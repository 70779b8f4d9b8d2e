// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
)

// FileInfo is what is known of one path. Fields that a file system cannot tell are zero.
type FileInfo struct {
	Kind FileKind
	// Mode has the permission bits with set-id and sticky bits, 0o7777.
	Mode uint32
	// Bytes is the length of a regular file.
	Bytes uint64
	// Two paths with the same pair of non-zero Inode and Device are the same file.
	Device, Inode uint64
	// Links counts the hard links to the file.
	Links uint64
	// Modified is the time of the last change of content.
	Modified time.Time
	// Owner and Group are numeric.
	Owner, Group uint32
	// Obstacles are what keeps it from being changed, added up.
	Obstacles FsObstacle
}

// DirEntry is one name in a directory.
type DirEntry struct {
	Name string
	Kind FileKind
	// Bytes is the length of a regular file, when it was asked for.
	Bytes uint64
}

// FileSystem is what the library sees of files: for install plans and for carrying them out. There
// are three roots; a path begins with "/", which is the root itself. <codedeploy/filesystem.h> has
// all rules.
//
// Errors are taken for what they are by errors.Is: fs.ErrNotExist, fs.ErrExist, fs.ErrPermission,
// context.Canceled, and every Status such as ErrUnsupported, ErrFull, ErrIO. Any other error ends the
// operation. Whatever ends it comes out of the call that was made, unchanged. StatusPassthrough is
// "as if this method were not there"; embed UnimplementedFileSystem to have it for all methods that
// are not written.
//
// Methods are called in the goroutine of the call that uses the file system. They must not use the
// object that is being worked on. A panic comes out of the call; the object then can still be closed.
type FileSystem interface {
	// Info tells what is at a path; nothing there is FileAbsent and no error. With follow it tells of
	// what a link leads to.
	Info(root FileRoot, path string, follow bool) (FileInfo, error)
	// List gives the names in a directory, in any order.
	List(root FileRoot, path string, wantBytes bool) ([]DirEntry, error)
	// ReadLink gives a link's target as it stands in the link.
	ReadLink(root FileRoot, path string) (string, error)
	// ReadFile gives a regular file's content; more than limit bytes are ErrLimit.
	ReadFile(root FileRoot, path string, limit uint64) ([]byte, error)
	// MakeDirectory makes a directory whose parent exists.
	MakeDirectory(root FileRoot, path string, mode uint32) error
	// CopyFile copies a regular file to a path where nothing is yet. Moved is told of progress, at least
	// once for every 16 MiB; an error of it ends the copy, which returns it.
	CopyFile(fromRoot FileRoot, from string, toRoot FileRoot, to string, keep Keep, moved func(bytes uint64) error) error
	// MakeSymlink makes a symbolic link where nothing is yet.
	MakeSymlink(root FileRoot, path, target string) error
	// Rename renames within a root, atomically; with replace a file or link at the new name is replaced.
	Rename(root FileRoot, from, to string, replace bool) error
	// HardLink gives the file a second name.
	HardLink(root FileRoot, from, to string) error
	// RemoveFile removes anything but a directory.
	RemoveFile(root FileRoot, path string) error
	// RemoveDirectory removes an empty directory.
	RemoveDirectory(root FileRoot, path string) error
	// SetMode sets the permission bits exactly.
	SetMode(root FileRoot, path string, mode uint32) error
	// SetOwner sets owner and group by name; an empty one stays.
	SetOwner(root FileRoot, path, owner, group string) error
	// CheckOwner tells whether owner and group are known: nil or ErrInvalid.
	CheckOwner(owner, group string) error
	// SetACL replaces the whole access control list; entries are in the long form.
	SetACL(root FileRoot, path string, entries []string) error
	// SetContext records and applies an SELinux context.
	SetContext(root FileRoot, path string, context SELinuxContext) error
	// RemoveContext removes the policy's record of a path.
	RemoveContext(root FileRoot, path string) error
	// WriteFile writes a small file atomically and durably.
	WriteFile(root FileRoot, path string, content []byte) error
	// AppendFile adds bytes at the end of a file, made when absent.
	AppendFile(root FileRoot, path string, content []byte) error
	// SyncFile makes content and mode of a file durable.
	SyncFile(root FileRoot, path string) error
	// SyncDirectory makes the names in a directory durable.
	SyncDirectory(root FileRoot, path string) error
	// SyncAll makes everything in a root durable.
	SyncAll(root FileRoot) error
}

// UnimplementedFileSystem is for embedding: every method answers StatusPassthrough, which stands for
// a method that is not there. A plan needs only Info and List, and ReadLink where there are links.
type UnimplementedFileSystem struct{}

var _ FileSystem = UnimplementedFileSystem{}

// Info is not implemented.
func (UnimplementedFileSystem) Info(FileRoot, string, bool) (FileInfo, error) {
	return FileInfo{}, StatusPassthrough
}

// List is not implemented.
func (UnimplementedFileSystem) List(FileRoot, string, bool) ([]DirEntry, error) {
	return nil, StatusPassthrough
}

// ReadLink is not implemented.
func (UnimplementedFileSystem) ReadLink(FileRoot, string) (string, error) {
	return "", StatusPassthrough
}

// ReadFile is not implemented.
func (UnimplementedFileSystem) ReadFile(FileRoot, string, uint64) ([]byte, error) {
	return nil, StatusPassthrough
}

// MakeDirectory is not implemented.
func (UnimplementedFileSystem) MakeDirectory(FileRoot, string, uint32) error {
	return StatusPassthrough
}

// CopyFile is not implemented.
func (UnimplementedFileSystem) CopyFile(FileRoot, string, FileRoot, string, Keep, func(uint64) error) error {
	return StatusPassthrough
}

// MakeSymlink is not implemented.
func (UnimplementedFileSystem) MakeSymlink(FileRoot, string, string) error {
	return StatusPassthrough
}

// Rename is not implemented.
func (UnimplementedFileSystem) Rename(FileRoot, string, string, bool) error {
	return StatusPassthrough
}

// HardLink is not implemented.
func (UnimplementedFileSystem) HardLink(FileRoot, string, string) error {
	return StatusPassthrough
}

// RemoveFile is not implemented.
func (UnimplementedFileSystem) RemoveFile(FileRoot, string) error {
	return StatusPassthrough
}

// RemoveDirectory is not implemented.
func (UnimplementedFileSystem) RemoveDirectory(FileRoot, string) error {
	return StatusPassthrough
}

// SetMode is not implemented.
func (UnimplementedFileSystem) SetMode(FileRoot, string, uint32) error {
	return StatusPassthrough
}

// SetOwner is not implemented.
func (UnimplementedFileSystem) SetOwner(FileRoot, string, string, string) error {
	return StatusPassthrough
}

// CheckOwner is not implemented.
func (UnimplementedFileSystem) CheckOwner(string, string) error {
	return StatusPassthrough
}

// SetACL is not implemented.
func (UnimplementedFileSystem) SetACL(FileRoot, string, []string) error {
	return StatusPassthrough
}

// SetContext is not implemented.
func (UnimplementedFileSystem) SetContext(FileRoot, string, SELinuxContext) error {
	return StatusPassthrough
}

// RemoveContext is not implemented.
func (UnimplementedFileSystem) RemoveContext(FileRoot, string) error {
	return StatusPassthrough
}

// WriteFile is not implemented.
func (UnimplementedFileSystem) WriteFile(FileRoot, string, []byte) error {
	return StatusPassthrough
}

// AppendFile is not implemented.
func (UnimplementedFileSystem) AppendFile(FileRoot, string, []byte) error {
	return StatusPassthrough
}

// SyncFile is not implemented.
func (UnimplementedFileSystem) SyncFile(FileRoot, string) error {
	return StatusPassthrough
}

// SyncDirectory is not implemented.
func (UnimplementedFileSystem) SyncDirectory(FileRoot, string) error {
	return StatusPassthrough
}

// SyncAll is not implemented.
func (UnimplementedFileSystem) SyncAll(FileRoot) error {
	return StatusPassthrough
}
