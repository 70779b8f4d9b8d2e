/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_BASE_H
#define CODEDEPLOY_BASE_H

/**
 * @file
 * What every other header builds on: status codes, strings, the allocator, limits, versions.
 *
 * Rules that hold for the whole library:
 *
 * - **Errors** are values. A function that can fail returns #cdp_status; negative is an error, and
 *   every out parameter is then left as it was. What is wrong with an *input* is told by
 *   diagnostics (<codedeploy/diagnostics.h>), the status only says that something is.
 * - **Ownership.** Objects made by `_new`, `_parse` or `_restore` belong to the caller and end with
 *   the `_free` of the same noun; `_free(NULL)` does nothing. Every string or view that a getter
 *   returns belongs to the object it came from and lives as long as that object, unmodified.
 * - **Threads.** There is no global state. Distinct objects may be used from distinct threads at
 *   the same time; one object may be read from many threads as long as none changes it.
 * - **Sized structs** begin with `size_t size`, set by the caller to `sizeof` of the struct as it
 *   was compiled. A shorter struct (an older caller) is read as if the missing tail were zero; a
 *   longer one (a newer caller) is accepted when the unknown tail is all zero, and is otherwise
 *   refused with #CDP_ERR_STRUCT.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) && defined(CDP_SHARED)
#ifdef CDP_BUILDING
#define CDP_API __declspec(dllexport)
#else
#define CDP_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define CDP_API __attribute__((visibility("default")))
#else
#define CDP_API
#endif

/**
 * The outcome of a call, and the answer of a host's callback.
 *
 * Values never change meaning. Zero and above: it went well. Below zero: it did not, and nothing
 * was changed unless the function says otherwise.
 */
typedef enum cdp_status {
    /** Done. */
    CDP_OK = 0,
    /** From a callback: begun; the host completes it later with the token that it was given. */
    CDP_PENDING = 1,
    /** From a callback: behave as if this callback were not set. */
    CDP_PASSTHROUGH = 2,

    /** The allocator said no. Everything already built is still valid. */
    CDP_ERR_NOMEM = -1,
    /** The caller's mistake: NULL where an object is needed, an enumerator or number out of range. */
    CDP_ERR_ARGUMENT = -2,
    /** A sized struct is too short to be one, or its unknown tail is not zero. */
    CDP_ERR_STRUCT = -3,
    /** The input (a document, a configuration, a plan) is refused; diagnostics say why. */
    CDP_ERR_INVALID = -4,
    /** A limit of #cdp_limits was met; a diagnostic names it. */
    CDP_ERR_LIMIT = -5,
    /** Not legal in the present state; nothing changed. */
    CDP_ERR_STATE = -6,
    /** Time ran backwards, or is negative. */
    CDP_ERR_TIME = -7,
    /** No such thing. */
    CDP_ERR_NOT_FOUND = -8,
    /** The library was built without this feature; see cdp_feature_supported(). */
    CDP_ERR_UNSUPPORTED = -9,
    /** A host's callback failed without a code of its own. */
    CDP_ERR_HOST = -10,
    /** Something is in the way: a file that exists, a name that is taken. */
    CDP_ERR_CONFLICT = -11,
    /** The host asked to stop. */
    CDP_ERR_CANCELLED = -12,
    /** A snapshot, journal or record cannot be read back: damaged, or from a newer version. */
    CDP_ERR_CORRUPT = -13,
    /** The outside world failed (only from a ready host such as libcodedeploy-posix). */
    CDP_ERR_IO = -14,
    /** Somebody else holds it (a lock, an active deployment). */
    CDP_ERR_BUSY = -15,
    /** Not permitted: by the system, or because it would leave the place it was meant for. */
    CDP_ERR_DENIED = -16,
    /** No space is left, or a quota is used up. */
    CDP_ERR_FULL = -17,

    /** A callback's own codes lie at or below this value; they are passed on unchanged. */
    CDP_ERR_HOST_FIRST = -1000
} cdp_status;

/**
 * The name of a status as it is spelt in this header (`"CDP_ERR_NOMEM"`).
 * @return static text; `"CDP_ERR_HOST_FIRST"` for a host's own codes, `"unknown"` for others.
 */
CDP_API const char *cdp_status_name(cdp_status status);

/** One sentence in plain words for a status; static text. */
CDP_API const char *cdp_status_message(cdp_status status);

/**
 * Bytes with a length. What the library gives out is always followed by a NUL byte that `length` does
 * not count, so that text without NUL bytes can be used as a C string; of what it is given it reads
 * `length` bytes, and only what goes to libcodedeploy-posix has to be followed by a NUL byte. `data` is NULL when the value is absent, which is
 * different from empty. File names are bytes and need not be UTF-8; all other text is UTF-8.
 */
typedef struct cdp_string {
    const char *data;
    size_t length;
} cdp_string;

/**
 * Where memory comes from. Copied by every object that is given one; `user` must outlive them.
 * NULL in place of a `const cdp_allocator *` stands for the C library's functions.
 *
 * The functions may be called from any thread that uses an object made with this allocator. None
 * may call back into that object.
 */
typedef struct cdp_allocator {
    /** sizeof(cdp_allocator) */
    size_t size;
    /** Returns `bytes` (never 0) bytes aligned for any type, or NULL. */
    void *(*allocate)(size_t bytes, void *user);
    /** Resizes `pointer` (never NULL) like realloc; NULL leaves the old block as it was. */
    void *(*reallocate)(void *pointer, size_t old_bytes, size_t new_bytes, void *user);
    /** Gives back `pointer` (never NULL); `bytes` is the size that it was asked with. */
    void (*release)(void *pointer, size_t bytes, void *user);
    void *user;
} cdp_allocator;

/**
 * Bounds on what an input may cost. A field that is 0 stands for its default, which
 * cdp_limits_default() tells. Meeting a bound ends the call with #CDP_ERR_LIMIT and a diagnostic
 * that names the bound.
 */
typedef struct cdp_limits {
    /** sizeof(cdp_limits) */
    size_t size;
    /** Bytes of one document. Default 1 MiB. */
    size_t input_bytes;
    /** Bytes of one scalar (a string, a number, a key). Default 256 KiB. */
    size_t scalar_bytes;
    /** How deep sequences, mappings and elements may nest. Default 128. */
    uint32_t depth;
    /** Nodes of one document, after aliases and merge keys are expanded. Default 500,000. */
    uint32_t nodes;
    /** Diagnostics that one list keeps; more are only counted. Default 1,000. */
    uint32_t diagnostics;
    /** Must be 0. */
    uint32_t reserved;
} cdp_limits;

/**
 * Writes the defaults into `limits`, as many fields as `limits->size` covers.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for NULL; #CDP_ERR_STRUCT for a size that is not one.
 */
CDP_API cdp_status cdp_limits_default(cdp_limits *limits);

/** The version of these headers. Compare with cdp_version_number() of the library at run time. */
#define CDP_VERSION_MAJOR 0
#define CDP_VERSION_MINOR 1
#define CDP_VERSION_PATCH 0

/** The library's version as text, `"0.1.0"`; static. */
CDP_API const char *cdp_version(void);

/** The library's version as one number: major * 1,000,000 + minor * 1,000 + patch. */
CDP_API uint32_t cdp_version_number(void);

/** What a build of the library may or may not contain. */
typedef enum cdp_feature {
    /** XML documents can be read (built with expat). */
    CDP_FEATURE_XML = 1,
    /** YAML is read through libyaml. */
    CDP_FEATURE_YAML_LIBYAML = 2,
    /** YAML is read through libfyaml. */
    CDP_FEATURE_YAML_LIBFYAML = 3
} cdp_feature;

/** 1 when this build has the feature, 0 when it has not or does not know it. */
CDP_API int cdp_feature_supported(cdp_feature feature);

/**
 * Finds the candidate that a misspelt word most likely means (few insertions, deletions,
 * replacements or swaps of neighbours; case counts little).
 *
 * @param word        what was written.
 * @param candidates  `count` C strings.
 * @return index of the best candidate, or `count` when none is near enough to suggest.
 */
CDP_API size_t cdp_suggest(cdp_string word, const char *const *candidates, size_t count);

#ifdef __cplusplus
}
#endif

#endif
