// SPDX-License-Identifier: MIT

package codedeploy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Everything that is exported says what it is, and no C pointer is.
func TestDocumented(t *testing.T) {
	packages, err := parser.ParseDir(token.NewFileSet(), ".", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range packages["codedeploy"].Files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, declaration := range file.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				if ast.IsExported(d.Name.Name) && exportedReceiver(d) {
					documented(t, name, d.Name, d.Doc)
					withoutC(t, name, d.Name, d.Type)
				}
			case *ast.GenDecl:
				checkDeclarations(t, name, d)
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	kind := d.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	// Methods of these are promoted to exported types.
	name := kind.(*ast.Ident).Name
	return ast.IsExported(name) || name == "object" || name == "nativeFiles"
}

func checkDeclarations(t *testing.T, file string, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if !ast.IsExported(s.Name.Name) {
				continue
			}
			documented(t, file, s.Name, d.Doc, s.Doc)
			if structure, ok := s.Type.(*ast.StructType); ok {
				for _, field := range structure.Fields.List {
					for _, name := range field.Names {
						if ast.IsExported(name.Name) {
							withoutC(t, file, name, field.Type)
						}
					}
				}
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if ast.IsExported(name.Name) {
					documented(t, file, name, d.Doc, s.Doc)
				}
			}
		}
	}
}

func documented(t *testing.T, file string, name *ast.Ident, comments ...*ast.CommentGroup) {
	for _, comment := range comments {
		if comment.Text() != "" {
			return
		}
	}
	t.Errorf("%s: %s has no comment", file, name.Name)
}

func withoutC(t *testing.T, file string, name *ast.Ident, kind ast.Node) {
	ast.Inspect(kind, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok && (x.Name == "C" || x.Name == "unsafe") {
				t.Errorf("%s: %s shows %s.%s", file, name.Name, x.Name, selector.Sel.Name)
			}
		}
		return true
	})
}

// The module has no dependencies.
func TestNoDependencies(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?m)^\s*require\b`).Match(text) {
		t.Errorf("go.mod requires something:\n%s", text)
	}
}
