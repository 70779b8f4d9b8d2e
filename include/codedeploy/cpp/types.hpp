// SPDX-License-Identifier: MIT
// Made from the C headers by bindings/cpp/generate.py (`./dev generate`); do not edit.
// clang-format off
#ifndef CODEDEPLOY_TYPES_HPP
#define CODEDEPLOY_TYPES_HPP

/// @file
/// Enumerations, constants and plain structs, as the C headers declare them.

#include <codedeploy/codedeploy.h>
#include <codedeploy/cpp/support.hpp>

namespace codedeploy {
inline namespace CODEDEPLOY_ABI {

/// The outcome of a call, and the answer of a host's callback.
///
/// Values never change meaning. Zero and above: it went well. Below zero: it did not, and nothing
/// was changed unless the function says otherwise.
enum class Status : int {
    /// Done.
    Ok = CDP_OK,
    /// From a callback: begun; the host completes it later with the token that it was given.
    Pending = CDP_PENDING,
    /// From a callback: behave as if this callback were not set.
    Passthrough = CDP_PASSTHROUGH,
    /// The allocator said no. Everything already built is still valid.
    NoMemory = CDP_ERR_NOMEM,
    /// The caller's mistake: NULL where an object is needed, an enumerator or number out of range.
    Argument = CDP_ERR_ARGUMENT,
    /// A sized struct is too short to be one, or its unknown tail is not zero.
    Struct = CDP_ERR_STRUCT,
    /// The input (a document, a configuration, a plan) is refused; diagnostics say why.
    Invalid = CDP_ERR_INVALID,
    /// A limit of Limits was met; a diagnostic names it.
    Limit = CDP_ERR_LIMIT,
    /// Not legal in the present state; nothing changed.
    State = CDP_ERR_STATE,
    /// Time ran backwards, or is negative.
    Time = CDP_ERR_TIME,
    /// No such thing.
    NotFound = CDP_ERR_NOT_FOUND,
    /// The library was built without this feature; see cdp_feature_supported().
    Unsupported = CDP_ERR_UNSUPPORTED,
    /// A host's callback failed without a code of its own.
    Host = CDP_ERR_HOST,
    /// Something is in the way: a file that exists, a name that is taken.
    Conflict = CDP_ERR_CONFLICT,
    /// The host asked to stop.
    Cancelled = CDP_ERR_CANCELLED,
    /// A snapshot, journal or record cannot be read back: damaged, or from a newer version.
    Corrupt = CDP_ERR_CORRUPT,
    /// The outside world failed (only from a ready host such as libcodedeploy-posix).
    Io = CDP_ERR_IO,
    /// Somebody else holds it (a lock, an active deployment).
    Busy = CDP_ERR_BUSY,
    /// Not permitted: by the system, or because it would leave the place it was meant for.
    Denied = CDP_ERR_DENIED,
    /// No space is left, or a quota is used up.
    Full = CDP_ERR_FULL,
    /// A callback's own codes lie at or below this value; they are passed on unchanged.
    HostFirst = CDP_ERR_HOST_FIRST,
};

/// The version of these headers. Compare with cdp_version_number() of the library at run time.
constexpr auto VersionMajor = CDP_VERSION_MAJOR;

constexpr auto VersionMinor = CDP_VERSION_MINOR;

constexpr auto VersionPatch = CDP_VERSION_PATCH;

/// What a build of the library may or may not contain.
enum class Feature : int {
    /// XML documents can be read (built with expat).
    Xml = CDP_FEATURE_XML,
    /// YAML is read through libyaml.
    YamlLibyaml = CDP_FEATURE_YAML_LIBYAML,
    /// YAML is read through libfyaml.
    YamlLibfyaml = CDP_FEATURE_YAML_LIBFYAML,
};

/// Every kind of finding. Values never change meaning and are never reused.
enum class DiagnosticCode : int {
    /// `input-too-large` (error): The input has {0} bytes; at most {1} are read.
    InputTooLarge = CDP_DIAGNOSTIC_INPUT_TOO_LARGE,
    /// `input-encoding` (error): The bytes here are not {0}.
    InputEncoding = CDP_DIAGNOSTIC_INPUT_ENCODING,
    /// `byte-order-mark` (warning): The file begins with a byte order mark (EF BB BF).
    ByteOrderMark = CDP_DIAGNOSTIC_BYTE_ORDER_MARK,
    /// `input-utf16` (warning): The file is UTF-16.
    InputUtf16 = CDP_DIAGNOSTIC_INPUT_UTF16,
    /// `input-control-character` (error): The control character {0} is not allowed here.
    InputControlCharacter = CDP_DIAGNOSTIC_INPUT_CONTROL_CHARACTER,
    /// `too-deep` (error): Lists and mappings are nested more than {0} deep here.
    TooDeep = CDP_DIAGNOSTIC_TOO_DEEP,
    /// `too-many-nodes` (error): The document goes on after {0} nodes; no more are read.
    TooManyNodes = CDP_DIAGNOSTIC_TOO_MANY_NODES,
    /// `scalar-too-long` (error): The text here is longer than {0} bytes.
    ScalarTooLong = CDP_DIAGNOSTIC_SCALAR_TOO_LONG,
    /// `xml-unsupported` (error): This is XML, and the library was built without it.
    XmlUnsupported = CDP_DIAGNOSTIC_XML_UNSUPPORTED,
    /// `yaml-syntax` (error): This cannot be read as YAML: {0}.
    YamlSyntax = CDP_DIAGNOSTIC_YAML_SYNTAX,
    /// `yaml-alias` (error): The alias *{0} is refused by the official agent on Ruby 3.1 and later.
    YamlAlias = CDP_DIAGNOSTIC_YAML_ALIAS,
    /// `yaml-unknown-alias` (error): There is no anchor &{0} before this alias.
    YamlUnknownAlias = CDP_DIAGNOSTIC_YAML_UNKNOWN_ALIAS,
    /// `yaml-recursive-alias` (error): The alias *{0} stands inside the value that it repeats.
    YamlRecursiveAlias = CDP_DIAGNOSTIC_YAML_RECURSIVE_ALIAS,
    /// `yaml-type-refused` (error): The agent's loader refuses '{0}' here: a date, a time or a Ruby type.
    YamlTypeRefused = CDP_DIAGNOSTIC_YAML_TYPE_REFUSED,
    /// `yaml-merge-key` (warning): The merge key << is not understood by every agent.
    YamlMergeKey = CDP_DIAGNOSTIC_YAML_MERGE_KEY,
    /// `duplicate-key` (warning): The key '{0}' is given again on line {1}, and only the last one counts.
    DuplicateKey = CDP_DIAGNOSTIC_DUPLICATE_KEY,
    /// `yaml-value-broken` (error): The agent's loader fails on '{0}' here.
    YamlValueBroken = CDP_DIAGNOSTIC_YAML_VALUE_BROKEN,
    /// `yaml-second-document` (warning): A second document begins here; only the first one counts.
    YamlSecondDocument = CDP_DIAGNOSTIC_YAML_SECOND_DOCUMENT,
    /// `yaml-text-ignored` (warning): The document ends in front of this text, and the text is ignored.
    YamlTextIgnored = CDP_DIAGNOSTIC_YAML_TEXT_IGNORED,
    /// `yaml-tab-indentation` (error): A tab stands in the indentation.
    YamlTabIndentation = CDP_DIAGNOSTIC_YAML_TAB_INDENTATION,
    /// `yaml-missing-blank` (error): There is no blank behind the colon of '{0}'.
    YamlMissingBlank = CDP_DIAGNOSTIC_YAML_MISSING_BLANK,
    /// `yaml-missing-colon` (error): There is no colon behind '{0}'.
    YamlMissingColon = CDP_DIAGNOSTIC_YAML_MISSING_COLON,
    /// `yaml-unquoted-character` (error): An unquoted value cannot begin with '{0}'.
    YamlUnquotedCharacter = CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER,
    /// `yaml-template-unquoted` (error): The template '{0}' is not quoted, so that YAML reads its braces.
    YamlTemplateUnquoted = CDP_DIAGNOSTIC_YAML_TEMPLATE_UNQUOTED,
    /// `yaml-indentation` (error): '{0}' begins in column {1}, but what it belongs beside begins in column {2}.
    YamlIndentation = CDP_DIAGNOSTIC_YAML_INDENTATION,
    /// `yaml-open-quote` (error): The quote {0} that opens here is not closed where it should.
    YamlOpenQuote = CDP_DIAGNOSTIC_YAML_OPEN_QUOTE,
    /// `yaml-bad-escape` (error): '{0}' is no escape that double quotes know.
    YamlBadEscape = CDP_DIAGNOSTIC_YAML_BAD_ESCAPE,
    /// `yaml-text-behind` (error): '{0}' stands behind a value that is complete.
    YamlTextBehind = CDP_DIAGNOSTIC_YAML_TEXT_BEHIND,
    /// `yaml-colon-in-value` (error): The value '{0}' holds a colon with a blank behind it.
    YamlColonInValue = CDP_DIAGNOSTIC_YAML_COLON_IN_VALUE,
    /// `yaml-conflict-marker` (error): The line begins with '{0}', a merge conflict that was not resolved.
    YamlConflictMarker = CDP_DIAGNOSTIC_YAML_CONFLICT_MARKER,
    /// `yaml-full-width-colon` (error): This is a full-width colon, not the colon of ASCII.
    YamlFullWidthColon = CDP_DIAGNOSTIC_YAML_FULL_WIDTH_COLON,
    /// `yaml-dash` (error): This dash is not the '-' of ASCII.
    YamlDash = CDP_DIAGNOSTIC_YAML_DASH,
    /// `yaml-no-break-space` (error): A no-break space stands where a blank should.
    YamlNoBreakSpace = CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE,
    /// `yaml-slash-comment` (error): YAML has no comments of this kind.
    YamlSlashComment = CDP_DIAGNOSTIC_YAML_SLASH_COMMENT,
    /// `yaml-rtf` (error): The file is rich text (RTF), not plain text.
    YamlRtf = CDP_DIAGNOSTIC_YAML_RTF,
    /// `yaml-open-bracket` (error): The bracket '{0}' that opens here is not closed.
    YamlOpenBracket = CDP_DIAGNOSTIC_YAML_OPEN_BRACKET,
    /// `yaml-long-key` (error): The key is longer than 1,024 characters, or its colon is missing.
    YamlLongKey = CDP_DIAGNOSTIC_YAML_LONG_KEY,
    /// `yaml-tag` (error): '{0}' is not a tag that can be read.
    YamlTag = CDP_DIAGNOSTIC_YAML_TAG,
    /// `yaml-directive` (error): The directive '{0}' cannot be read.
    YamlDirective = CDP_DIAGNOSTIC_YAML_DIRECTIVE,
    /// `yaml-block-header` (error): '{0}' does not begin a block of text.
    YamlBlockHeader = CDP_DIAGNOSTIC_YAML_BLOCK_HEADER,
    /// `yaml-missing-comma` (error): There is no comma between two things in brackets.
    YamlMissingComma = CDP_DIAGNOSTIC_YAML_MISSING_COMMA,
    /// `yaml-list-on-line` (error): A list cannot begin on the line of its key.
    YamlListOnLine = CDP_DIAGNOSTIC_YAML_LIST_ON_LINE,
    /// `smart-quotes` (warning): The quotes of '{0}' are letters to YAML, and belong to the value.
    SmartQuotes = CDP_DIAGNOSTIC_SMART_QUOTES,
    /// `json-syntax` (error): This is not JSON: {0}.
    JsonSyntax = CDP_DIAGNOSTIC_JSON_SYNTAX,
    /// `xml-syntax` (error): This is not XML: {0}.
    XmlSyntax = CDP_DIAGNOSTIC_XML_SYNTAX,
    /// `xml-doctype` (error): A document type declaration is not allowed.
    XmlDoctype = CDP_DIAGNOSTIC_XML_DOCTYPE,
    /// `xml-attribute` (warning): The attribute '{0}' means nothing here and is passed over.
    XmlAttribute = CDP_DIAGNOSTIC_XML_ATTRIBUTE,
    /// `xml-prefix` (error): The element name '{0}' has a namespace prefix.
    XmlPrefix = CDP_DIAGNOSTIC_XML_PREFIX,
    /// `xml-mixed-content` (error): The element '{0}' holds text beside elements.
    XmlMixedContent = CDP_DIAGNOSTIC_XML_MIXED_CONTENT,
    /// `appspec-empty` (error): There is nothing in this AppSpec.
    AppSpecEmpty = CDP_DIAGNOSTIC_APPSPEC_EMPTY,
    /// `appspec-not-a-mapping` (error): An AppSpec is a mapping from `version` and other keys to values, and this is {0}.
    AppSpecNotAMapping = CDP_DIAGNOSTIC_APPSPEC_NOT_A_MAPPING,
    /// `appspec-platform-unknown` (error): It cannot be told whether this is for Server, Lambda or ECS.
    AppSpecPlatformUnknown = CDP_DIAGNOSTIC_APPSPEC_PLATFORM_UNKNOWN,
    /// `appspec-platform-conflict` (warning): `{0}` does not belong into {1}.
    AppSpecPlatformConflict = CDP_DIAGNOSTIC_APPSPEC_PLATFORM_CONFLICT,
    /// `appspec-version-missing` (error): The version is missing.
    AppSpecVersionMissing = CDP_DIAGNOSTIC_APPSPEC_VERSION_MISSING,
    /// `appspec-version-invalid` (error): The version {0} is refused.
    AppSpecVersionInvalid = CDP_DIAGNOSTIC_APPSPEC_VERSION_INVALID,
    /// `appspec-version-quoted` (error): The version is the text "{0}" and must be a number.
    AppSpecVersionQuoted = CDP_DIAGNOSTIC_APPSPEC_VERSION_QUOTED,
    /// `appspec-version-unusual` (warning): The version is written `{0}`, which not every agent reads as 0.0.
    AppSpecVersionUnusual = CDP_DIAGNOSTIC_APPSPEC_VERSION_UNUSUAL,
    /// `appspec-unknown-key` (warning): `{0}` is not a key of {1}.
    AppSpecUnknownKey = CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_KEY,
    /// `appspec-wrong-shape` (error): {0} must be {2}, and here is {1}.
    AppSpecWrongShape = CDP_DIAGNOSTIC_APPSPEC_WRONG_SHAPE,
    /// `appspec-not-text` (warning): `{0}` is {1}, which the agent 1.x reads as the text `{2}`.
    AppSpecNotText = CDP_DIAGNOSTIC_APPSPEC_NOT_TEXT,
    /// `appspec-raw-value` (warning): `{0}` is {1} ({2}), and must be a text.
    AppSpecRawValue = CDP_DIAGNOSTIC_APPSPEC_RAW_VALUE,
    /// `appspec-empty-section` (warning): `{0}: {1}` is empty to the agent 1.x and refused by the agent 2.x.
    AppSpecEmptySection = CDP_DIAGNOSTIC_APPSPEC_EMPTY_SECTION,
    /// `appspec-placeholder` (warning): `{0}` in `{1}` looks like a placeholder that was never replaced.
    AppSpecPlaceholder = CDP_DIAGNOSTIC_APPSPEC_PLACEHOLDER,
    /// `appspec-invisible-character` (warning): In `{0}` of {1} there is a blank that cannot be seen, such as a no-break or zero-width space.
    AppSpecInvisibleCharacter = CDP_DIAGNOSTIC_APPSPEC_INVISIBLE_CHARACTER,
    /// `appspec-control-character` (warning): There is a control character in `{1}`: {0}.
    AppSpecControlCharacter = CDP_DIAGNOSTIC_APPSPEC_CONTROL_CHARACTER,
    /// `appspec-padded` (warning): `{1}` has blanks at its ends, which belong to the value: '{0}'.
    AppSpecPadded = CDP_DIAGNOSTIC_APPSPEC_PADDED,
    /// `appspec-is-json` (note): This Server AppSpec is written in JSON.
    AppSpecIsJson = CDP_DIAGNOSTIC_APPSPEC_IS_JSON,
    /// `appspec-unknown-suppression` (warning): There is no diagnostic `{0}` to ignore.
    AppSpecUnknownSuppression = CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_SUPPRESSION,
    /// `appspec-event-at-top-level` (warning): The event `{0}` stands outside of `hooks`, where it is ignored.
    AppSpecEventAtTopLevel = CDP_DIAGNOSTIC_APPSPEC_EVENT_AT_TOP_LEVEL,
    /// `appspec-event-unknown` (warning): There is no lifecycle event `{0}`.
    AppSpecEventUnknown = CDP_DIAGNOSTIC_APPSPEC_EVENT_UNKNOWN,
    /// `appspec-event-reserved` (warning): The event `{0}` cannot run scripts: it belongs to the agent or the load balancer.
    AppSpecEventReserved = CDP_DIAGNOSTIC_APPSPEC_EVENT_RESERVED,
    /// `appspec-event-not-in-scenario` (warning): The event `{0}` does not come in this kind of deployment.
    AppSpecEventNotInScenario = CDP_DIAGNOSTIC_APPSPEC_EVENT_NOT_IN_SCENARIO,
    /// `appspec-event-empty` (warning): The event `{0}` has no scripts.
    AppSpecEventEmpty = CDP_DIAGNOSTIC_APPSPEC_EVENT_EMPTY,
    /// `appspec-event-key-not-text` (warning): The key `{0}` of `hooks` is no text.
    AppSpecEventKeyNotText = CDP_DIAGNOSTIC_APPSPEC_EVENT_KEY_NOT_TEXT,
    /// `os-missing` (error): The operating system is missing.
    OsMissing = CDP_DIAGNOSTIC_OS_MISSING,
    /// `os-invalid` (error): `{0}` is no operating system of CodeDeploy.
    OsInvalid = CDP_DIAGNOSTIC_OS_INVALID,
    /// `os-not-this-host` (error): This AppSpec is for {0}, and the host runs {1}.
    OsNotThisHost = CDP_DIAGNOSTIC_OS_NOT_THIS_HOST,
    /// `file-exists-behavior-invalid` (error): `{0}` is no value for `file_exists_behavior`.
    FileExistsBehaviorInvalid = CDP_DIAGNOSTIC_FILE_EXISTS_BEHAVIOR_INVALID,
    /// `file-source-missing` (error): An entry of `files` has no source.
    FileSourceMissing = CDP_DIAGNOSTIC_FILE_SOURCE_MISSING,
    /// `file-destination-missing` (error): An entry of `files` has no destination.
    FileDestinationMissing = CDP_DIAGNOSTIC_FILE_DESTINATION_MISSING,
    /// `file-destination-nested` (error): `destination` is indented so far that it became a part of `source`.
    FileDestinationNested = CDP_DIAGNOSTIC_FILE_DESTINATION_NESTED,
    /// `file-entry-is-text` (warning): An entry of `files` is a text; the agent 1.x takes it for source `source` and destination `destination`.
    FileEntryIsText = CDP_DIAGNOSTIC_FILE_ENTRY_IS_TEXT,
    /// `file-overwrite-key` (warning): `{0}` in an entry of `files` is ignored.
    FileOverwriteKey = CDP_DIAGNOSTIC_FILE_OVERWRITE_KEY,
    /// `file-source-empty` (warning): The source is an empty text.
    FileSourceEmpty = CDP_DIAGNOSTIC_FILE_SOURCE_EMPTY,
    /// `file-source-outside` (warning): The source `{0}` leads out of the revision.
    FileSourceOutside = CDP_DIAGNOSTIC_FILE_SOURCE_OUTSIDE,
    /// `file-source-glob` (warning): `*` in the source `{0}` is no wildcard.
    FileSourceGlob = CDP_DIAGNOSTIC_FILE_SOURCE_GLOB,
    /// `file-destination-empty` (warning): The destination is an empty text.
    FileDestinationEmpty = CDP_DIAGNOSTIC_FILE_DESTINATION_EMPTY,
    /// `file-destination-relative` (warning): The destination `{0}` is relative.
    FileDestinationRelative = CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE,
    /// `file-destination-root` (warning): The destination is the root of the file system.
    FileDestinationRoot = CDP_DIAGNOSTIC_FILE_DESTINATION_ROOT,
    /// `file-destination-in-agent` (warning): The destination `{0}` lies in the agent's own folder {2}.
    FileDestinationInAgent = CDP_DIAGNOSTIC_FILE_DESTINATION_IN_AGENT,
    /// `file-path-of-other-system` (warning): The path `{0}` in `{1}` is one of {2}, and the AppSpec is for the other system.
    FilePathOfOtherSystem = CDP_DIAGNOSTIC_FILE_PATH_OF_OTHER_SYSTEM,
    /// `file-twice` (warning): `{0}` is copied to `{1}` twice.
    FileTwice = CDP_DIAGNOSTIC_FILE_TWICE,
    /// `permission-on-windows` (error): `permissions` are for Linux, and this AppSpec is for Windows.
    PermissionOnWindows = CDP_DIAGNOSTIC_PERMISSION_ON_WINDOWS,
    /// `permission-object-missing` (error): An entry of `permissions` has no object.
    PermissionObjectMissing = CDP_DIAGNOSTIC_PERMISSION_OBJECT_MISSING,
    /// `permission-type-invalid` (error): `{0}` is no type of object.
    PermissionTypeInvalid = CDP_DIAGNOSTIC_PERMISSION_TYPE_INVALID,
    /// `permission-mode-length` (error): The mode `{0}` is longer than four characters.
    PermissionModeLength = CDP_DIAGNOSTIC_PERMISSION_MODE_LENGTH,
    /// `permission-mode-digit` (error): The mode `{0}` holds `{1}`, which is no octal digit.
    PermissionModeDigit = CDP_DIAGNOSTIC_PERMISSION_MODE_DIGIT,
    /// `permission-mode-octal` (warning): `mode: {0}` is the number {1} to YAML: the agent 1.x {2}, the agent 2.x {3}.
    PermissionModeOctal = CDP_DIAGNOSTIC_PERMISSION_MODE_OCTAL,
    /// `permission-mode-number` (warning): `mode: {0}` is the number {1} to YAML: the agent 1.x {2}, the agent 2.x {3}.
    PermissionModeNumber = CDP_DIAGNOSTIC_PERMISSION_MODE_NUMBER,
    /// `permission-mode-short` (warning): The mode `{0}` is filled up with zeros to {1}.
    PermissionModeShort = CDP_DIAGNOSTIC_PERMISSION_MODE_SHORT,
    /// `permission-mode-special` (warning): The mode {1} sets {2}.
    PermissionModeSpecial = CDP_DIAGNOSTIC_PERMISSION_MODE_SPECIAL,
    /// `permission-acl-invalid` (error): The entry `{0}` of `acls` is refused: {2}.
    PermissionAclInvalid = CDP_DIAGNOSTIC_PERMISSION_ACL_INVALID,
    /// `permission-acl-base` (error): The entry `{0}` of `acls` is what `mode` sets.
    PermissionAclBase = CDP_DIAGNOSTIC_PERMISSION_ACL_BASE,
    /// `permission-acl-short` (warning): The entry `{0}` of `acls` is short for `{1}`, which the agent 2.x does not know.
    PermissionAclShort = CDP_DIAGNOSTIC_PERMISSION_ACL_SHORT,
    /// `permission-acl-renamed` (warning): The entry `{0}` of `acls` becomes `{1}` in the agent 1.x.
    PermissionAclRenamed = CDP_DIAGNOSTIC_PERMISSION_ACL_RENAMED,
    /// `permission-acl-default-on-file` (warning): The default entry `{0}` of `acls` fails on files, and this permission applies to files too.
    PermissionAclDefaultOnFile = CDP_DIAGNOSTIC_PERMISSION_ACL_DEFAULT_ON_FILE,
    /// `permission-context-type-missing` (error): The SELinux context has no type.
    PermissionContextTypeMissing = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_TYPE_MISSING,
    /// `permission-range-invalid` (error): The SELinux range `{0}` is refused: {1}.
    PermissionRangeInvalid = CDP_DIAGNOSTIC_PERMISSION_RANGE_INVALID,
    /// `permission-range-missing` (warning): The SELinux context has no range, and the agent 1.x then fails when it installs.
    PermissionRangeMissing = CDP_DIAGNOSTIC_PERMISSION_RANGE_MISSING,
    /// `permission-range-unusual` (warning): The SELinux range `{0}` is `{1}` to the agent 1.x and something else to the agent 2.x.
    PermissionRangeUnusual = CDP_DIAGNOSTIC_PERMISSION_RANGE_UNUSUAL,
    /// `permission-context-user` (warning): `{0}` in a context is ignored: the agents read the SELinux user from `name`.
    PermissionContextUser = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_USER,
    /// `permission-context-role` (warning): `{0}` in a context is ignored.
    PermissionContextRole = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_ROLE,
    /// `permission-context-is-text` (warning): The context is the text `{0}`, which the agent 1.x takes for the type `type`.
    PermissionContextIsText = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_IS_TEXT,
    /// `permission-object-relative` (warning): The object `{0}` is no absolute path.
    PermissionObjectRelative = CDP_DIAGNOSTIC_PERMISSION_OBJECT_RELATIVE,
    /// `permission-glob-slash` (warning): `{0}` in `{1}` holds a slash and never matches anything.
    PermissionGlobSlash = CDP_DIAGNOSTIC_PERMISSION_GLOB_SLASH,
    /// `permission-glob-special` (warning): In `{0}` only `*` is special to the agent 1.x; the agent 2.x also reads ? [ ] { } and \ as wildcards.
    PermissionGlobSpecial = CDP_DIAGNOSTIC_PERMISSION_GLOB_SPECIAL,
    /// `permission-never-applies` (warning): This permission on `{0}` (pattern `{2}`) never applies: {1}.
    PermissionNeverApplies = CDP_DIAGNOSTIC_PERMISSION_NEVER_APPLIES,
    /// `permission-conflict` (warning): This permission on `{0}` and entry {1} of `permissions` reach the same paths.
    PermissionConflict = CDP_DIAGNOSTIC_PERMISSION_CONFLICT,
    /// `permission-changes-nothing` (note): This permission on `{0}` sets nothing.
    PermissionChangesNothing = CDP_DIAGNOSTIC_PERMISSION_CHANGES_NOTHING,
    /// `permission-owner-with-group` (warning): `{1}` is `{0}`, which is no account's name.
    PermissionOwnerWithGroup = CDP_DIAGNOSTIC_PERMISSION_OWNER_WITH_GROUP,
    /// `script-location-missing` (error): A script has no location.
    ScriptLocationMissing = CDP_DIAGNOSTIC_SCRIPT_LOCATION_MISSING,
    /// `script-location-absolute` (warning): The location `{0}` begins at the root, and is looked for in the revision all the same.
    ScriptLocationAbsolute = CDP_DIAGNOSTIC_SCRIPT_LOCATION_ABSOLUTE,
    /// `script-location-outside` (warning): The location `{0}` leads out of the revision.
    ScriptLocationOutside = CDP_DIAGNOSTIC_SCRIPT_LOCATION_OUTSIDE,
    /// `script-location-blank` (warning): The location `{0}` holds a blank: arguments are not possible, and the official agents cannot run a path with blanks.
    ScriptLocationBlank = CDP_DIAGNOSTIC_SCRIPT_LOCATION_BLANK,
    /// `script-timeout-invalid` (error): The timeout `{0}` is no number of seconds above 0.
    ScriptTimeoutInvalid = CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_INVALID,
    /// `script-timeout-unusual` (warning): The timeout `{0}` is {1} seconds to the agent 1.x.
    ScriptTimeoutUnusual = CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_UNUSUAL,
    /// `script-timeout-quoted` (warning): The timeout "{0}" is a text, which the agent 2.x refuses.
    ScriptTimeoutQuoted = CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_QUOTED,
    /// `hook-timeout-sum` (warning): The scripts of `{0}` may take {1} seconds together; an event gets 3600.
    HookTimeoutSum = CDP_DIAGNOSTIC_HOOK_TIMEOUT_SUM,
    /// `script-sudo-unusual` (warning): `sudo: {0}` is {1} to the agent 1.x, and refused by the agent 2.x.
    ScriptSudoUnusual = CDP_DIAGNOSTIC_SCRIPT_SUDO_UNUSUAL,
    /// `script-runas-on-windows` (warning): `runas` has no effect on Windows.
    ScriptRunasOnWindows = CDP_DIAGNOSTIC_SCRIPT_RUNAS_ON_WINDOWS,
    /// `script-runas-blank` (warning): `runas` is blank: the agent 1.x then runs `su` without a user, and the agent 2.x without `su`.
    ScriptRunasBlank = CDP_DIAGNOSTIC_SCRIPT_RUNAS_BLANK,
    /// `script-runas-words` (warning): `runas: {0}` is more than a user's name.
    ScriptRunasWords = CDP_DIAGNOSTIC_SCRIPT_RUNAS_WORDS,
    /// `resources-missing` (error): There are no resources.
    ResourcesMissing = CDP_DIAGNOSTIC_RESOURCES_MISSING,
    /// `resources-count` (error): There must be exactly one resource, and here are {0}.
    ResourcesCount = CDP_DIAGNOSTIC_RESOURCES_COUNT,
    /// `resource-type-missing` (error): The resource has no type.
    ResourceTypeMissing = CDP_DIAGNOSTIC_RESOURCE_TYPE_MISSING,
    /// `resource-type-invalid` (error): `{0}` is no type of resource that can be deployed here.
    ResourceTypeInvalid = CDP_DIAGNOSTIC_RESOURCE_TYPE_INVALID,
    /// `property-missing` (error): `{0}` is missing.
    PropertyMissing = CDP_DIAGNOSTIC_PROPERTY_MISSING,
    /// `number-is-text` (warning): `{1}` is the text "{0}" and should be a number.
    NumberIsText = CDP_DIAGNOSTIC_NUMBER_IS_TEXT,
    /// `key-twice` (error): `{0}` is `{1}` again, which stands there already.
    KeyTwice = CDP_DIAGNOSTIC_KEY_TWICE,
    /// `lambda-version-invalid` (error): `{0}` is no version that can be deployed (`{1}`).
    LambdaVersionInvalid = CDP_DIAGNOSTIC_LAMBDA_VERSION_INVALID,
    /// `lambda-versions-equal` (warning): Current and target version are both {0}.
    LambdaVersionsEqual = CDP_DIAGNOSTIC_LAMBDA_VERSIONS_EQUAL,
    /// `task-definition-invalid` (warning): `{0}` is no ARN of a task definition.
    TaskDefinitionInvalid = CDP_DIAGNOSTIC_TASK_DEFINITION_INVALID,
    /// `container-port-invalid` (error): `{0}` is no port.
    ContainerPortInvalid = CDP_DIAGNOSTIC_CONTAINER_PORT_INVALID,
    /// `network-incomplete` (error): The network configuration has no `{0}`.
    NetworkIncomplete = CDP_DIAGNOSTIC_NETWORK_INCOMPLETE,
    /// `assign-public-ip-invalid` (error): `{0}` is no value for AssignPublicIp.
    AssignPublicIpInvalid = CDP_DIAGNOSTIC_ASSIGN_PUBLIC_IP_INVALID,
    /// `capacity-number-invalid` (error): `{0}` is no value for `{1}`.
    CapacityNumberInvalid = CDP_DIAGNOSTIC_CAPACITY_NUMBER_INVALID,
    /// `capacity-bases` (error): More than one capacity provider has a base.
    CapacityBases = CDP_DIAGNOSTIC_CAPACITY_BASES,
    /// `capacity-weights` (error): No capacity provider has a weight above 0.
    CapacityWeights = CDP_DIAGNOSTIC_CAPACITY_WEIGHTS,
    /// `hooks-not-a-list` (warning): `Hooks` is a list with one event in each entry, and here is {0}.
    HooksNotAList = CDP_DIAGNOSTIC_HOOKS_NOT_A_LIST,
    /// `hook-event-unsupported` (error): `{0}` is no event of {1} deployment that can be hooked.
    HookEventUnsupported = CDP_DIAGNOSTIC_HOOK_EVENT_UNSUPPORTED,
    /// `hook-event-twice` (error): `{0}` is hooked twice.
    HookEventTwice = CDP_DIAGNOSTIC_HOOK_EVENT_TWICE,
    /// `hook-function-invalid` (error): `{0}` is no Lambda function (event `{1}`).
    HookFunctionInvalid = CDP_DIAGNOSTIC_HOOK_FUNCTION_INVALID,
    /// `hook-old-form` (error): `{0}` is no event: this is an old form of hooks.
    HookOldForm = CDP_DIAGNOSTIC_HOOK_OLD_FORM,
    /// `bundle-source-missing` (error): The source `{0}` is not in the revision.
    BundleSourceMissing = CDP_DIAGNOSTIC_BUNDLE_SOURCE_MISSING,
    /// `bundle-source-unusable` (warning): The source `{0}` is neither a file nor a directory.
    BundleSourceUnusable = CDP_DIAGNOSTIC_BUNDLE_SOURCE_UNUSABLE,
    /// `permission-file-pattern` (error): The object `{0}` is a file that is copied, so that pattern `{1}` and exceptions are refused.
    PermissionFilePattern = CDP_DIAGNOSTIC_PERMISSION_FILE_PATTERN,
    /// `bundle-script-missing` (error): The script `{0}` is not in the revision.
    BundleScriptMissing = CDP_DIAGNOSTIC_BUNDLE_SCRIPT_MISSING,
    /// `bundle-script-not-a-file` (error): The script `{0}` is {1}.
    BundleScriptNotAFile = CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NOT_A_FILE,
    /// `bundle-script-not-executable` (warning): The script `{0}` is not executable.
    BundleScriptNotExecutable = CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NOT_EXECUTABLE,
    /// `bundle-script-line-ends` (error): The first line of the script `{0}` ends with CR LF.
    BundleScriptLineEnds = CDP_DIAGNOSTIC_BUNDLE_SCRIPT_LINE_ENDS,
    /// `bundle-script-no-interpreter` (warning): The script `{0}` does not begin with `#!`.
    BundleScriptNoInterpreter = CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NO_INTERPRETER,
    /// `config-wrong-type` (error): {0} is {1}; it has to be {2}.
    ConfigWrongType = CDP_DIAGNOSTIC_CONFIG_WRONG_TYPE,
    /// `config-unknown-member` (warning): There is no member '{0}' in {1}; it is ignored.
    ConfigUnknownMember = CDP_DIAGNOSTIC_CONFIG_UNKNOWN_MEMBER,
    /// `config-name-required` (error): The deployment configuration has no name.
    ConfigNameRequired = CDP_DIAGNOSTIC_CONFIG_NAME_REQUIRED,
    /// `config-name-length` (error): The name of the deployment configuration has {0} characters; at most 100 are allowed.
    ConfigNameLength = CDP_DIAGNOSTIC_CONFIG_NAME_LENGTH,
    /// `config-name-character` (error): The name '{0}' holds '{1}', which is not allowed in a name.
    ConfigNameCharacter = CDP_DIAGNOSTIC_CONFIG_NAME_CHARACTER,
    /// `config-name-reserved` (error): The name '{0}' begins with CodeDeployDefault., which is reserved.
    ConfigNameReserved = CDP_DIAGNOSTIC_CONFIG_NAME_RESERVED,
    /// `config-name-taken` (error): There is a deployment configuration '{0}' already.
    ConfigNameTaken = CDP_DIAGNOSTIC_CONFIG_NAME_TAKEN,
    /// `config-limit-exceeded` (error): The account has {0} deployment configurations of its own already, which is the limit.
    ConfigLimitExceeded = CDP_DIAGNOSTIC_CONFIG_LIMIT_EXCEEDED,
    /// `config-unknown` (error): There is no deployment configuration '{0}'.
    ConfigUnknown = CDP_DIAGNOSTIC_CONFIG_UNKNOWN,
    /// `config-in-use` (error): The deployment configuration '{0}' is in use and cannot be deleted.
    ConfigInUse = CDP_DIAGNOSTIC_CONFIG_IN_USE,
    /// `config-delete-predefined` (error): The deployment configuration '{0}' is predefined and cannot be deleted.
    ConfigDeletePredefined = CDP_DIAGNOSTIC_CONFIG_DELETE_PREDEFINED,
    /// `config-platform-unknown` (error): There is no compute platform '{0}'.
    ConfigPlatformUnknown = CDP_DIAGNOSTIC_CONFIG_PLATFORM_UNKNOWN,
    /// `config-predefined-differs` (warning): '{0}' is predefined; what is written beside the name differs from it and is not used.
    ConfigPredefinedDiffers = CDP_DIAGNOSTIC_CONFIG_PREDEFINED_DIFFERS,
    /// `config-minimum-required` (error): A configuration for Server needs minimumHealthyHosts.
    ConfigMinimumRequired = CDP_DIAGNOSTIC_CONFIG_MINIMUM_REQUIRED,
    /// `config-minimum-incomplete` (error): {0} has no {1}.
    ConfigMinimumIncomplete = CDP_DIAGNOSTIC_CONFIG_MINIMUM_INCOMPLETE,
    /// `config-minimum-type-unknown` (error): There is no type '{0}' of minimum healthy hosts.
    ConfigMinimumTypeUnknown = CDP_DIAGNOSTIC_CONFIG_MINIMUM_TYPE_UNKNOWN,
    /// `config-minimum-read-only` (error): The type MOST_CONCURRENCY cannot be set.
    ConfigMinimumReadOnly = CDP_DIAGNOSTIC_CONFIG_MINIMUM_READ_ONLY,
    /// `config-minimum-count` (error): A HOST_COUNT of {0} is not possible; it has to be from 0 to 2147483647.
    ConfigMinimumCount = CDP_DIAGNOSTIC_CONFIG_MINIMUM_COUNT,
    /// `config-minimum-percent` (error): A FLEET_PERCENT of {0} is not possible; it has to be from 0 to 99.
    ConfigMinimumPercent = CDP_DIAGNOSTIC_CONFIG_MINIMUM_PERCENT,
    /// `config-minimum-platform` (error): minimumHealthyHosts does not belong to {0}.
    ConfigMinimumPlatform = CDP_DIAGNOSTIC_CONFIG_MINIMUM_PLATFORM,
    /// `config-traffic-required` (error): A configuration for {0} needs trafficRoutingConfig.
    ConfigTrafficRequired = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_REQUIRED,
    /// `config-traffic-incomplete` (error): {0} has no {1}.
    ConfigTrafficIncomplete = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INCOMPLETE,
    /// `config-traffic-type-unknown` (error): There is no type '{0}' of traffic routing.
    ConfigTrafficTypeUnknown = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_TYPE_UNKNOWN,
    /// `config-traffic-percentage` (error): An increment of {0} percent is not possible; it has to be from 1 to 99.
    ConfigTrafficPercentage = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PERCENTAGE,
    /// `config-traffic-interval` (error): An interval of {0} minutes is not possible; it has to be from 1 to 2880.
    ConfigTrafficInterval = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INTERVAL,
    /// `config-traffic-too-long` (error): {0} increments with {1} minutes between them take {2} minutes; at most 2880 are allowed.
    ConfigTrafficTooLong = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_TOO_LONG,
    /// `config-traffic-contradiction` (error): Type {0} does not go with {1}.
    ConfigTrafficContradiction = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_CONTRADICTION,
    /// `config-traffic-platform` (error): trafficRoutingConfig does not belong to Server.
    ConfigTrafficPlatform = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PLATFORM,
    /// `config-hook-percentage` (error): A StepPercentage of {0} is not possible; it has to be from 14 to 99.
    ConfigHookPercentage = CDP_DIAGNOSTIC_CONFIG_HOOK_PERCENTAGE,
    /// `config-hook-named` (error): The CloudFormation hook takes no deployment configuration by name, and here is '{0}'.
    ConfigHookNamed = CDP_DIAGNOSTIC_CONFIG_HOOK_NAMED,
    /// `config-zone-platform` (error): zonalConfig does not belong to {0}.
    ConfigZonePlatform = CDP_DIAGNOSTIC_CONFIG_ZONE_PLATFORM,
    /// `config-zone-duration` (error): A {1} of {0} seconds is not possible; it has to be 0 or more.
    ConfigZoneDuration = CDP_DIAGNOSTIC_CONFIG_ZONE_DURATION,
    /// `config-zone-minimum-incomplete` (error): {0} has no {1}.
    ConfigZoneMinimumIncomplete = CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_INCOMPLETE,
    /// `config-zone-minimum-type-unknown` (error): There is no type '{0}' of minimum healthy hosts for a zone.
    ConfigZoneMinimumTypeUnknown = CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_TYPE_UNKNOWN,
    /// `config-zone-minimum-count` (error): A HOST_COUNT of {0} in each zone is not possible; it has to be from 0 to 2147483647.
    ConfigZoneMinimumCount = CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_COUNT,
    /// `config-zone-minimum-percent` (error): A FLEET_PERCENT of {0} in each zone is not possible; it has to be from 0 to 99.
    ConfigZoneMinimumPercent = CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_PERCENT,
    /// `config-use-platform` (error): The deployment configuration '{0}' is not made for {1}.
    ConfigUsePlatform = CDP_DIAGNOSTIC_CONFIG_USE_PLATFORM,
    /// `config-use-zones` (error): The deployment configuration '{0}' goes zone by zone, which {1} cannot do.
    ConfigUseZones = CDP_DIAGNOSTIC_CONFIG_USE_ZONES,
    /// `config-use-load-balancer` (error): The deployment configuration '{0}' shifts traffic in parts, which a Network Load Balancer cannot do.
    ConfigUseLoadBalancer = CDP_DIAGNOSTIC_CONFIG_USE_LOAD_BALANCER,
    /// `traffic-empty` (error): The schedule has no steps.
    TrafficEmpty = CDP_DIAGNOSTIC_TRAFFIC_EMPTY,
    /// `traffic-too-many-steps` (error): The schedule has {0} steps; at most 1000 are read.
    TrafficTooManySteps = CDP_DIAGNOSTIC_TRAFFIC_TOO_MANY_STEPS,
    /// `traffic-weight` (error): '{0}' is not a weight.
    TrafficWeight = CDP_DIAGNOSTIC_TRAFFIC_WEIGHT,
    /// `traffic-wait` (error): '{0}' is not a wait.
    TrafficWait = CDP_DIAGNOSTIC_TRAFFIC_WAIT,
    /// `traffic-wait-missing` (error): Step {0} ({1} percent) does not last; only the last step needs neither a wait nor a gate.
    TrafficWaitMissing = CDP_DIAGNOSTIC_TRAFFIC_WAIT_MISSING,
    /// `traffic-end` (error): The last step has a weight of {0} percent; it has to be 100.
    TrafficEnd = CDP_DIAGNOSTIC_TRAFFIC_END,
    /// `traffic-too-long` (error): The waits of the schedule take more than 366 days.
    TrafficTooLong = CDP_DIAGNOSTIC_TRAFFIC_TOO_LONG,
    /// `traffic-decreases` (warning): The weight goes down, from {1} to {0} percent.
    TrafficDecreases = CDP_DIAGNOSTIC_TRAFFIC_DECREASES,
    /// `traffic-snapshot` (error): This is not a snapshot of a cursor on this schedule: {0}.
    TrafficSnapshot = CDP_DIAGNOSTIC_TRAFFIC_SNAPSHOT,
    /// `lifecycle-time-backwards` (error): {0} was refused: its time {1} ms lies before {2} ms, the time of the target's last input.
    LifecycleTimeBackwards = CDP_DIAGNOSTIC_LIFECYCLE_TIME_BACKWARDS,
    /// `lifecycle-time-range` (error): {0} was refused: its time {1} ms is negative or too far from the target's first.
    LifecycleTimeRange = CDP_DIAGNOSTIC_LIFECYCLE_TIME_RANGE,
    /// `lifecycle-deadline-passed` (error): {0} was refused: the deadline of {1} at {2} ms passed before {3} ms.
    LifecycleDeadlinePassed = CDP_DIAGNOSTIC_LIFECYCLE_DEADLINE_PASSED,
    /// `lifecycle-no-such-event` (error): {0} was refused: there is no event {1}; the plan has {2}, counted from 0.
    LifecycleNoSuchEvent = CDP_DIAGNOSTIC_LIFECYCLE_NO_SUCH_EVENT,
    /// `lifecycle-not-started` (error): {0} was refused: the target is Pending, and its turn has not come.
    LifecycleNotStarted = CDP_DIAGNOSTIC_LIFECYCLE_NOT_STARTED,
    /// `lifecycle-already-started` (error): {0} was refused: the target is {1}, no longer Pending.
    LifecycleAlreadyStarted = CDP_DIAGNOSTIC_LIFECYCLE_ALREADY_STARTED,
    /// `lifecycle-target-final` (error): {0} was refused: the target is {1}, and stays so.
    LifecycleTargetFinal = CDP_DIAGNOSTIC_LIFECYCLE_TARGET_FINAL,
    /// `lifecycle-event-out-of-order` (error): {0} cannot begin: {1} is next.
    LifecycleEventOutOfOrder = CDP_DIAGNOSTIC_LIFECYCLE_EVENT_OUT_OF_ORDER,
    /// `lifecycle-event-in-progress` (error): {0} cannot begin: {1} is in progress.
    LifecycleEventInProgress = CDP_DIAGNOSTIC_LIFECYCLE_EVENT_IN_PROGRESS,
    /// `lifecycle-event-completed` (error): {0} cannot {1}: it is {2} already.
    LifecycleEventCompleted = CDP_DIAGNOSTIC_LIFECYCLE_EVENT_COMPLETED,
    /// `lifecycle-event-not-begun` (error): {0} cannot finish: it has not begun.
    LifecycleEventNotBegun = CDP_DIAGNOSTIC_LIFECYCLE_EVENT_NOT_BEGUN,
    /// `lifecycle-waiting` (error): {0} cannot begin: the target is Ready and waits for {1}.
    LifecycleWaiting = CDP_DIAGNOSTIC_LIFECYCLE_WAITING,
    /// `lifecycle-not-waiting` (error): There is no {0} to continue: the target is {1} and {2}.
    LifecycleNotWaiting = CDP_DIAGNOSTIC_LIFECYCLE_NOT_WAITING,
    /// `lifecycle-event-reserved` (error): {0} cannot be a no-op: it runs no script, CodeDeploy carries it out itself.
    LifecycleEventReserved = CDP_DIAGNOSTIC_LIFECYCLE_EVENT_RESERVED,
    /// `lifecycle-bad-result` (error): {0} cannot finish as {1} with error code {2}.
    LifecycleBadResult = CDP_DIAGNOSTIC_LIFECYCLE_BAD_RESULT,
    /// `lifecycle-wait-type` (error): {0} was refused: {1} is no kind of wait.
    LifecycleWaitType = CDP_DIAGNOSTIC_LIFECYCLE_WAIT_TYPE,
    /// `lifecycle-ignore-stop-failures` (error): ignoreApplicationStopFailures cannot be true for {0}.
    LifecycleIgnoreStopFailures = CDP_DIAGNOSTIC_LIFECYCLE_IGNORE_STOP_FAILURES,
    /// `lifecycle-ready-wait` (error): A ready wait of {0} ms contradicts actionOnTimeout CONTINUE_DEPLOYMENT.
    LifecycleReadyWait = CDP_DIAGNOSTIC_LIFECYCLE_READY_WAIT,
    /// `lifecycle-option-range` (error): The option {0} cannot be {1}; it takes {2}.
    LifecycleOptionRange = CDP_DIAGNOSTIC_LIFECYCLE_OPTION_RANGE,
    /// `lifecycle-snapshot-damaged` (error): The snapshot of a target cannot be read: {0}.
    LifecycleSnapshotDamaged = CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_DAMAGED,
    /// `lifecycle-snapshot-version` (error): The snapshot of a target has version {0}; this library reads version 1.
    LifecycleSnapshotVersion = CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_VERSION,
    /// `lifecycle-snapshot-plan` (error): The snapshot belongs to another plan: {0}.
    LifecycleSnapshotPlan = CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_PLAN,
    /// `local-event-before-download` (error): {0} cannot stand before DownloadBundle.
    LocalEventBeforeDownload = CDP_DIAGNOSTIC_LOCAL_EVENT_BEFORE_DOWNLOAD,
    /// `local-event-before-install` (error): {0} cannot stand before Install.
    LocalEventBeforeInstall = CDP_DIAGNOSTIC_LOCAL_EVENT_BEFORE_INSTALL,
    /// `local-event-name` (error): '{0}' cannot be the name of an event.
    LocalEventName = CDP_DIAGNOSTIC_LOCAL_EVENT_NAME,
    /// `local-event-repeated` (warning): {0} is named twice and runs twice.
    LocalEventRepeated = CDP_DIAGNOSTIC_LOCAL_EVENT_REPEATED,
    /// `local-event-not-hooked` (error): {0} is not an event that usually runs locally, and the AppSpec has no hook for it.
    LocalEventNotHooked = CDP_DIAGNOSTIC_LOCAL_EVENT_NOT_HOOKED,
    /// `local-hook-unknown` (error): The AppSpec hooks {0}, which is neither an event that usually runs locally nor among the events to run.
    LocalHookUnknown = CDP_DIAGNOSTIC_LOCAL_HOOK_UNKNOWN,
    /// `local-hook-misspelt` (error): The AppSpec hooks {0}, which is no event that runs locally; {1} is.
    LocalHookMisspelt = CDP_DIAGNOSTIC_LOCAL_HOOK_MISSPELT,
    /// `local-too-many-events` (error): More than 30 events are named.
    LocalTooManyEvents = CDP_DIAGNOSTIC_LOCAL_TOO_MANY_EVENTS,
    /// `plan-event-count` (error): A plan has 1 to 32 events.
    PlanEventCount = CDP_DIAGNOSTIC_PLAN_EVENT_COUNT,
    /// `plan-event-name` (error): '{0}' cannot be the name of an event.
    PlanEventName = CDP_DIAGNOSTIC_PLAN_EVENT_NAME,
    /// `plan-event-repeated` (error): The event {0} stands twice in the plan.
    PlanEventRepeated = CDP_DIAGNOSTIC_PLAN_EVENT_REPEATED,
    /// `plan-event-limit` (error): The event {0} has a limit that is negative or longer than 2^40 ms.
    PlanEventLimit = CDP_DIAGNOSTIC_PLAN_EVENT_LIMIT,
    /// `plan-event-revision` (error): The event {0} runs scripts and says not from which revision, or the other way round.
    PlanEventRevision = CDP_DIAGNOSTIC_PLAN_EVENT_REVISION,
    /// `plan-event-wait` (error): The wait after the event {0} is not possible there.
    PlanEventWait = CDP_DIAGNOSTIC_PLAN_EVENT_WAIT,
    /// `group-wrong-type` (error): {0} is {1}; it has to be {2}.
    GroupWrongType = CDP_DIAGNOSTIC_GROUP_WRONG_TYPE,
    /// `group-unknown-member` (warning): There is no member '{0}' in {1}; it is ignored.
    GroupUnknownMember = CDP_DIAGNOSTIC_GROUP_UNKNOWN_MEMBER,
    /// `group-misplaced-member` (warning): '{0}' is no member of {1}, but of {2}; it is ignored.
    GroupMisplacedMember = CDP_DIAGNOSTIC_GROUP_MISPLACED_MEMBER,
    /// `group-word-unknown` (error): {0} cannot be '{1}'.
    GroupWordUnknown = CDP_DIAGNOSTIC_GROUP_WORD_UNKNOWN,
    /// `group-word-new` (warning): {0} '{1}' is not known; it is ignored.
    GroupWordNew = CDP_DIAGNOSTIC_GROUP_WORD_NEW,
    /// `group-platform-unknown` (error): There is no compute platform '{1}'.
    GroupPlatformUnknown = CDP_DIAGNOSTIC_GROUP_PLATFORM_UNKNOWN,
    /// `group-application-name-required` (error): The group names no application.
    GroupApplicationNameRequired = CDP_DIAGNOSTIC_GROUP_APPLICATION_NAME_REQUIRED,
    /// `group-application-name-invalid` (error): The application's name '{0}' {1}.
    GroupApplicationNameInvalid = CDP_DIAGNOSTIC_GROUP_APPLICATION_NAME_INVALID,
    /// `group-name-required` (error): The group has no name.
    GroupNameRequired = CDP_DIAGNOSTIC_GROUP_NAME_REQUIRED,
    /// `group-name-invalid` (error): The group's name '{0}' {1}.
    GroupNameInvalid = CDP_DIAGNOSTIC_GROUP_NAME_INVALID,
    /// `group-name-taken` (error): The application {0} has two groups with the name {1}.
    GroupNameTaken = CDP_DIAGNOSTIC_GROUP_NAME_TAKEN,
    /// `group-limit-exceeded` (error): The application {0} has more than {1} groups.
    GroupLimitExceeded = CDP_DIAGNOSTIC_GROUP_LIMIT_EXCEEDED,
    /// `group-role-required` (error): The group has no service role.
    GroupRoleRequired = CDP_DIAGNOSTIC_GROUP_ROLE_REQUIRED,
    /// `group-role-invalid` (error): '{0}' is not the ARN of an IAM role.
    GroupRoleInvalid = CDP_DIAGNOSTIC_GROUP_ROLE_INVALID,
    /// `group-does-not-exist` (error): {0} is {1}, but the group that is to be changed is {2}.
    GroupDoesNotExist = CDP_DIAGNOSTIC_GROUP_DOES_NOT_EXIST,
    /// `group-resource-tag-invalid` (error): The group's own tag {0}.
    GroupResourceTagInvalid = CDP_DIAGNOSTIC_GROUP_RESOURCE_TAG_INVALID,
    /// `group-ec2-filter-incomplete` (error): The EC2 tag filter {0} has no {1}.
    GroupEc2FilterIncomplete = CDP_DIAGNOSTIC_GROUP_EC2_FILTER_INCOMPLETE,
    /// `group-ec2-filter-superfluous` (error): The EC2 tag filter {0} has a {1} too.
    GroupEc2FilterSuperfluous = CDP_DIAGNOSTIC_GROUP_EC2_FILTER_SUPERFLUOUS,
    /// `group-ec2-filter-type-unknown` (error): There is no type '{1}' of EC2 tag filters.
    GroupEc2FilterTypeUnknown = CDP_DIAGNOSTIC_GROUP_EC2_FILTER_TYPE_UNKNOWN,
    /// `group-ec2-filter-too-long` (error): The {0} of the EC2 tag filter has {1} characters; a tag's has at most {2}.
    GroupEc2FilterTooLong = CDP_DIAGNOSTIC_GROUP_EC2_FILTER_TOO_LONG,
    /// `group-ec2-tag-group-size` (error): {0} has {1} filters; a tag group has 1 to {2}.
    GroupEc2TagGroupSize = CDP_DIAGNOSTIC_GROUP_EC2_TAG_GROUP_SIZE,
    /// `group-ec2-filters-twice` (error): Both ec2TagFilters and ec2TagSet are given.
    GroupEc2FiltersTwice = CDP_DIAGNOSTIC_GROUP_EC2_FILTERS_TWICE,
    /// `group-ec2-tags-platform` (error): A group on {0} selects no EC2 instances, but has {1}.
    GroupEc2TagsPlatform = CDP_DIAGNOSTIC_GROUP_EC2_TAGS_PLATFORM,
    /// `group-on-premises-filter-incomplete` (error): The on-premises tag filter {0} has no {1}.
    GroupOnPremisesFilterIncomplete = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_INCOMPLETE,
    /// `group-on-premises-filter-superfluous` (error): The on-premises tag filter {0} has a {1} too.
    GroupOnPremisesFilterSuperfluous = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_SUPERFLUOUS,
    /// `group-on-premises-filter-type-unknown` (error): There is no type '{1}' of on-premises tag filters.
    GroupOnPremisesFilterTypeUnknown = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_TYPE_UNKNOWN,
    /// `group-on-premises-filter-too-long` (error): The {0} of the on-premises tag filter has {1} characters; a tag's has at most {2}.
    GroupOnPremisesFilterTooLong = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_TOO_LONG,
    /// `group-on-premises-tag-group-size` (error): {0} has {1} filters; a tag group has 1 to {2}.
    GroupOnPremisesTagGroupSize = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_TAG_GROUP_SIZE,
    /// `group-on-premises-filters-twice` (error): Both onPremisesInstanceTagFilters and onPremisesTagSet are given.
    GroupOnPremisesFiltersTwice = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTERS_TWICE,
    /// `group-on-premises-tags-platform` (error): A group on {0} selects no on-premises instances, but has {1}.
    GroupOnPremisesTagsPlatform = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_TAGS_PLATFORM,
    /// `group-tag-set-size` (error): {0} has {1} tag groups; at most {2} are allowed.
    GroupTagSetSize = CDP_DIAGNOSTIC_GROUP_TAG_SET_SIZE,
    /// `group-filter-key-wildcard` (warning): In the key '{0}' the sign `*` stands for itself.
    GroupFilterKeyWildcard = CDP_DIAGNOSTIC_GROUP_FILTER_KEY_WILDCARD,
    /// `group-filter-repeated` (warning): The same filter stands twice in {0}.
    GroupFilterRepeated = CDP_DIAGNOSTIC_GROUP_FILTER_REPEATED,
    /// `group-selects-nothing` (warning): The group selects no instances.
    GroupSelectsNothing = CDP_DIAGNOSTIC_GROUP_SELECTS_NOTHING,
    /// `group-auto-scaling-name` (error): The name of an Auto Scaling group has 1 to {1} characters, and this one {0}.
    GroupAutoScalingName = CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_NAME,
    /// `group-auto-scaling-limit` (error): The group has {0} Auto Scaling groups; at most {1} are allowed.
    GroupAutoScalingLimit = CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_LIMIT,
    /// `group-auto-scaling-platform` (error): A group on {0} has no Auto Scaling groups.
    GroupAutoScalingPlatform = CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_PLATFORM,
    /// `group-auto-scaling-shared` (warning): The Auto Scaling group {0} is used by the deployment groups {1} and {2}.
    GroupAutoScalingShared = CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_SHARED,
    /// `group-termination-hook-unused` (warning): terminationHookEnabled has no effect without Auto Scaling groups.
    GroupTerminationHookUnused = CDP_DIAGNOSTIC_GROUP_TERMINATION_HOOK_UNUSED,
    /// `group-entry-repeated` (warning): '{0}' stands twice in {1}.
    GroupEntryRepeated = CDP_DIAGNOSTIC_GROUP_ENTRY_REPEATED,
    /// `group-ecs-service-count` (error): The group has {0} ECS services; on ECS it has exactly one.
    GroupEcsServiceCount = CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_COUNT,
    /// `group-ecs-service-incomplete` (error): The ECS service has no {0}.
    GroupEcsServiceIncomplete = CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_INCOMPLETE,
    /// `group-ecs-service-platform` (error): A group on {0} has no ECS services.
    GroupEcsServicePlatform = CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_PLATFORM,
    /// `group-ecs-service-taken` (error): The ECS service {0} belongs to the groups {1} and {2}.
    GroupEcsServiceTaken = CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_TAKEN,
    /// `group-style-unknown` (error): {0} cannot be '{1}'.
    GroupStyleUnknown = CDP_DIAGNOSTIC_GROUP_STYLE_UNKNOWN,
    /// `group-style-incomplete` (error): deploymentStyle has no {0}.
    GroupStyleIncomplete = CDP_DIAGNOSTIC_GROUP_STYLE_INCOMPLETE,
    /// `group-style-platform` (error): A group on {0} is blue/green with traffic control, not {1} {2}.
    GroupStylePlatform = CDP_DIAGNOSTIC_GROUP_STYLE_PLATFORM,
    /// `group-style-traffic` (error): BLUE_GREEN does not go with WITHOUT_TRAFFIC_CONTROL.
    GroupStyleTraffic = CDP_DIAGNOSTIC_GROUP_STYLE_TRAFFIC,
    /// `group-balancer-required` (error): The group has {0}, but no load balancer.
    GroupBalancerRequired = CDP_DIAGNOSTIC_GROUP_BALANCER_REQUIRED,
    /// `group-balancer-limit` (error): {0} has {1} entries; at most {2} are allowed.
    GroupBalancerLimit = CDP_DIAGNOSTIC_GROUP_BALANCER_LIMIT,
    /// `group-balancer-name` (error): The name of a load balancer or target group has 1 to {1} characters, and this one {0}.
    GroupBalancerName = CDP_DIAGNOSTIC_GROUP_BALANCER_NAME,
    /// `group-balancer-platform` (error): A group on {0} has no {1}.
    GroupBalancerPlatform = CDP_DIAGNOSTIC_GROUP_BALANCER_PLATFORM,
    /// `group-balancer-unused` (warning): The group names load balancers, but its deploymentOption is WITHOUT_TRAFFIC_CONTROL.
    GroupBalancerUnused = CDP_DIAGNOSTIC_GROUP_BALANCER_UNUSED,
    /// `group-pair-count` (error): targetGroupPairInfoList has {0} entries; at most one is allowed.
    GroupPairCount = CDP_DIAGNOSTIC_GROUP_PAIR_COUNT,
    /// `group-pair-target-groups` (error): The pair of target groups {0}.
    GroupPairTargetGroups = CDP_DIAGNOSTIC_GROUP_PAIR_TARGET_GROUPS,
    /// `group-pair-listeners` (error): {0} has {1} listeners; it has exactly one.
    GroupPairListeners = CDP_DIAGNOSTIC_GROUP_PAIR_LISTENERS,
    /// `group-pair-listener-arn` (error): '{0}' is not the ARN of a listener.
    GroupPairListenerArn = CDP_DIAGNOSTIC_GROUP_PAIR_LISTENER_ARN,
    /// `group-pair-unused` (warning): A pair of target groups has no effect on {0}.
    GroupPairUnused = CDP_DIAGNOSTIC_GROUP_PAIR_UNUSED,
    /// `group-blue-green-word` (error): {0} cannot be '{1}'.
    GroupBlueGreenWord = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_WORD,
    /// `group-blue-green-incomplete` (error): {0} has no {1}.
    GroupBlueGreenIncomplete = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_INCOMPLETE,
    /// `group-blue-green-wait` (error): A {0} of {1} minutes is not possible; it has to be from 0 to {2}.
    GroupBlueGreenWait = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_WAIT,
    /// `group-blue-green-continue` (error): CONTINUE_DEPLOYMENT does not wait, but waitTimeInMinutes is {0}.
    GroupBlueGreenContinue = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_CONTINUE,
    /// `group-blue-green-stop` (error): STOP_DEPLOYMENT needs a waitTimeInMinutes of at least 1.
    GroupBlueGreenStop = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_STOP,
    /// `group-blue-green-keep-alive` (error): A group on ECS cannot keep the original task set: the action is KEEP_ALIVE.
    GroupBlueGreenKeepAlive = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_KEEP_ALIVE,
    /// `group-blue-green-copy` (error): COPY_AUTO_SCALING_GROUP needs exactly one Auto Scaling group, and there are {0}.
    GroupBlueGreenCopy = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_COPY,
    /// `group-blue-green-required` (error): A group on ECS has to have blueGreenDeploymentConfiguration.
    GroupBlueGreenRequired = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_REQUIRED,
    /// `group-blue-green-absent` (warning): The group is blue/green, but has no blueGreenDeploymentConfiguration.
    GroupBlueGreenAbsent = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_ABSENT,
    /// `group-blue-green-platform` (error): A group on {0} has no {1}.
    GroupBlueGreenPlatform = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_PLATFORM,
    /// `group-blue-green-unused` (warning): The group is in place: blueGreenDeploymentConfiguration has no effect.
    GroupBlueGreenUnused = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_UNUSED,
    /// `group-on-premises-blue-green` (warning): The group is blue/green; on-premises instances take no part in that.
    GroupOnPremisesBlueGreen = CDP_DIAGNOSTIC_GROUP_ON_PREMISES_BLUE_GREEN,
    /// `group-trigger-limit` (error): The group has {0} triggers; at most {1} are allowed.
    GroupTriggerLimit = CDP_DIAGNOSTIC_GROUP_TRIGGER_LIMIT,
    /// `group-trigger-incomplete` (error): The trigger has no {0}.
    GroupTriggerIncomplete = CDP_DIAGNOSTIC_GROUP_TRIGGER_INCOMPLETE,
    /// `group-trigger-target` (error): '{0}' is not the ARN of an SNS topic.
    GroupTriggerTarget = CDP_DIAGNOSTIC_GROUP_TRIGGER_TARGET,
    /// `group-trigger-event-unknown` (error): There is no event '{1}'.
    GroupTriggerEventUnknown = CDP_DIAGNOSTIC_GROUP_TRIGGER_EVENT_UNKNOWN,
    /// `group-trigger-repeated` (error): Two triggers have the {0} '{1}'.
    GroupTriggerRepeated = CDP_DIAGNOSTIC_GROUP_TRIGGER_REPEATED,
    /// `group-trigger-never-sent` (note): {0} is never sent: {1}.
    GroupTriggerNeverSent = CDP_DIAGNOSTIC_GROUP_TRIGGER_NEVER_SENT,
    /// `group-alarm-name` (error): The name of an alarm has 1 to {1} characters, and this one {0}.
    GroupAlarmName = CDP_DIAGNOSTIC_GROUP_ALARM_NAME,
    /// `group-alarm-repeated` (error): The alarm '{0}' stands twice in the list.
    GroupAlarmRepeated = CDP_DIAGNOSTIC_GROUP_ALARM_REPEATED,
    /// `group-alarms-required` (error): Alarms are enabled, but there are none.
    GroupAlarmsRequired = CDP_DIAGNOSTIC_GROUP_ALARMS_REQUIRED,
    /// `group-alarm-limit` (error): The group has {0} alarms; at most {1} are allowed.
    GroupAlarmLimit = CDP_DIAGNOSTIC_GROUP_ALARM_LIMIT,
    /// `group-rollback-event-unknown` (error): There is no event '{1}' that rolls back.
    GroupRollbackEventUnknown = CDP_DIAGNOSTIC_GROUP_ROLLBACK_EVENT_UNKNOWN,
    /// `group-rollback-events-required` (error): Automatic rollback is enabled, but for no event.
    GroupRollbackEventsRequired = CDP_DIAGNOSTIC_GROUP_ROLLBACK_EVENTS_REQUIRED,
    /// `group-rollback-without-alarms` (note): DEPLOYMENT_STOP_ON_ALARM never happens: the group watches no alarms.
    GroupRollbackWithoutAlarms = CDP_DIAGNOSTIC_GROUP_ROLLBACK_WITHOUT_ALARMS,
    /// `group-target-instances` (error): {0}.
    GroupTargetInstances = CDP_DIAGNOSTIC_GROUP_TARGET_INSTANCES,
    /// `inventory-syntax` (error): Here stands {0}, where {1} has to stand.
    InventorySyntax = CDP_DIAGNOSTIC_INVENTORY_SYNTAX,
    /// `inventory-unknown-member` (warning): There is no member '{0}' in {1}; it is ignored.
    InventoryUnknownMember = CDP_DIAGNOSTIC_INVENTORY_UNKNOWN_MEMBER,
    /// `inventory-wrong-type` (error): {0} is {1}; it has to be {2}.
    InventoryWrongType = CDP_DIAGNOSTIC_INVENTORY_WRONG_TYPE,
    /// `inventory-id-invalid` (error): The instance {0}.
    InventoryIdInvalid = CDP_DIAGNOSTIC_INVENTORY_ID_INVALID,
    /// `inventory-name-invalid` (error): The on-premises name '{0}' {1}.
    InventoryNameInvalid = CDP_DIAGNOSTIC_INVENTORY_NAME_INVALID,
    /// `inventory-word-unknown` (error): There is no {0} '{1}'.
    InventoryWordUnknown = CDP_DIAGNOSTIC_INVENTORY_WORD_UNKNOWN,
    /// `inventory-state-kind` (error): An instance of kind {0} is not '{1}'.
    InventoryStateKind = CDP_DIAGNOSTIC_INVENTORY_STATE_KIND,
    /// `inventory-tag-invalid` (error): A tag of {0} {1}.
    InventoryTagInvalid = CDP_DIAGNOSTIC_INVENTORY_TAG_INVALID,
    /// `inventory-tag-limit` (error): The on-premises instance {0} has {1} tags; at most {2} are allowed.
    InventoryTagLimit = CDP_DIAGNOSTIC_INVENTORY_TAG_LIMIT,
    /// `rollout-invalid-minimum` (error): A minimum of {1} healthy hosts ({0}) cannot be.
    RolloutInvalidMinimum = CDP_DIAGNOSTIC_ROLLOUT_INVALID_MINIMUM,
    /// `rollout-invalid-zonal` (error): The zonal configuration's {0} cannot be {1}.
    RolloutInvalidZonal = CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONAL,
    /// `rollout-zonal-not-in-place` (error): A zonal roll-out cannot be {0}.
    RolloutZonalNotInPlace = CDP_DIAGNOSTIC_ROLLOUT_ZONAL_NOT_IN_PLACE,
    /// `rollout-no-instances` (error): There is no instance to deploy to.
    RolloutNoInstances = CDP_DIAGNOSTIC_ROLLOUT_NO_INSTANCES,
    /// `rollout-minimum-too-large` (error): {1} of {0} instances have to stay healthy, which leaves none to deploy to.
    RolloutMinimumTooLarge = CDP_DIAGNOSTIC_ROLLOUT_MINIMUM_TOO_LARGE,
    /// `rollout-zone-minimum-too-large` (error): Zone {0}: {2} of {1} instances have to stay healthy, which leaves none to deploy to.
    RolloutZoneMinimumTooLarge = CDP_DIAGNOSTIC_ROLLOUT_ZONE_MINIMUM_TOO_LARGE,
    /// `rollout-duplicate-instance` (error): The instance {0} stands there twice.
    RolloutDuplicateInstance = CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_INSTANCE,
    /// `rollout-invalid-instance-id` (error): '{0}' cannot be the id of an instance.
    RolloutInvalidInstanceId = CDP_DIAGNOSTIC_ROLLOUT_INVALID_INSTANCE_ID,
    /// `rollout-invalid-zone` (error): '{0}', the zone of instance {1}, cannot be the name of a zone.
    RolloutInvalidZone = CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONE,
    /// `rollout-zone-missing` (error): The instance {0} has no zone, but the roll-out goes zone by zone.
    RolloutZoneMissing = CDP_DIAGNOSTIC_ROLLOUT_ZONE_MISSING,
    /// `rollout-original-outside-blue-green` (error): The instance {0} is told to be an original one, but the deployment is not blue/green.
    RolloutOriginalOutsideBlueGreen = CDP_DIAGNOSTIC_ROLLOUT_ORIGINAL_OUTSIDE_BLUE_GREEN,
    /// `rollout-not-one-instance` (error): A deployment for Auto Scaling goes to one instance, not to {0}.
    RolloutNotOneInstance = CDP_DIAGNOSTIC_ROLLOUT_NOT_ONE_INSTANCE,
    /// `rollout-invalid-option` (error): The option {0} cannot be {1}.
    RolloutInvalidOption = CDP_DIAGNOSTIC_ROLLOUT_INVALID_OPTION,
    /// `rollout-too-large` (error): There is no room for the instance {0}: there are too many instances, or more than {1} zones.
    RolloutTooLarge = CDP_DIAGNOSTIC_ROLLOUT_TOO_LARGE,
    /// `rollout-unknown-instance` (error): There is no instance number {0}; there are {1}.
    RolloutUnknownInstance = CDP_DIAGNOSTIC_ROLLOUT_UNKNOWN_INSTANCE,
    /// `rollout-not-in-flight` (error): The instance {0} was not begun (it is {1}), so it cannot have a result.
    RolloutNotInFlight = CDP_DIAGNOSTIC_ROLLOUT_NOT_IN_FLIGHT,
    /// `rollout-duplicate-result` (error): The instance {0} has its result already: {1}.
    RolloutDuplicateResult = CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_RESULT,
    /// `rollout-stale-result` (error): The result is of attempt {1} on instance {0}; attempt {2} is in flight.
    RolloutStaleResult = CDP_DIAGNOSTIC_ROLLOUT_STALE_RESULT,
    /// `rollout-time-backwards` (error): The time {0} ms is before {1} ms, or negative.
    RolloutTimeBackwards = CDP_DIAGNOSTIC_ROLLOUT_TIME_BACKWARDS,
    /// `rollout-over` (error): The deployment is over already: {0}.
    RolloutOver = CDP_DIAGNOSTIC_ROLLOUT_OVER,
    /// `rollout-corrupt-snapshot` (error): This is not an undamaged snapshot of a roll-out: {0}.
    RolloutCorruptSnapshot = CDP_DIAGNOSTIC_ROLLOUT_CORRUPT_SNAPSHOT,
    /// `rollout-option-alone` (error): The option {0} has no effect without {1}.
    RolloutOptionAlone = CDP_DIAGNOSTIC_ROLLOUT_OPTION_ALONE,
    /// `rollout-not-started` (error): The roll-out has not been started.
    RolloutNotStarted = CDP_DIAGNOSTIC_ROLLOUT_NOT_STARTED,
    /// `rollout-started` (error): The roll-out has been started already.
    RolloutStarted = CDP_DIAGNOSTIC_ROLLOUT_STARTED,
    /// `rollout-not-waiting` (error): The roll-out waits for nothing that could be continued.
    RolloutNotWaiting = CDP_DIAGNOSTIC_ROLLOUT_NOT_WAITING,
    /// `install-source-missing` (error): The revision has no '{0}', which the AppSpec wants to install.
    InstallSourceMissing = CDP_DIAGNOSTIC_INSTALL_SOURCE_MISSING,
    /// `install-source-outside` (error): The source '{0}' lies outside the revision.
    InstallSourceOutside = CDP_DIAGNOSTIC_INSTALL_SOURCE_OUTSIDE,
    /// `install-source-special` (error): '{0}' in the revision is neither a file, a directory nor a link.
    InstallSourceSpecial = CDP_DIAGNOSTIC_INSTALL_SOURCE_SPECIAL,
    /// `install-path-not-text` (error): The {0} of this entry is not text.
    InstallPathNotText = CDP_DIAGNOSTIC_INSTALL_PATH_NOT_TEXT,
    /// `install-destination-relative` (error): The path '{0}' is relative, and nothing says to what.
    InstallDestinationRelative = CDP_DIAGNOSTIC_INSTALL_DESTINATION_RELATIVE,
    /// `install-destination-home` (error): The path '{0}' begins with a home directory that is not known.
    InstallDestinationHome = CDP_DIAGNOSTIC_INSTALL_DESTINATION_HOME,
    /// `install-destination-empty` (error): The directory '{0}' has no destination.
    InstallDestinationEmpty = CDP_DIAGNOSTIC_INSTALL_DESTINATION_EMPTY,
    /// `install-file-exists` (error): There is already a {1} at '{0}'{2}.
    InstallFileExists = CDP_DIAGNOSTIC_INSTALL_FILE_EXISTS,
    /// `install-directory-in-way` (error): '{0}' is to be a file, and there is a directory{2}.
    InstallDirectoryInWay = CDP_DIAGNOSTIC_INSTALL_DIRECTORY_IN_WAY,
    /// `install-not-a-directory` (error): '{0}' is to be a directory, and there is a {1}{2}.
    InstallNotADirectory = CDP_DIAGNOSTIC_INSTALL_NOT_A_DIRECTORY,
    /// `install-special-in-way` (error): '{0}' is to be a file, and there is a device, FIFO or socket{2}.
    InstallSpecialInWay = CDP_DIAGNOSTIC_INSTALL_SPECIAL_IN_WAY,
    /// `install-duplicate-destination` (error): Two files are to be installed as '{0}': '{1}' and '{2}'.
    InstallDuplicateDestination = CDP_DIAGNOSTIC_INSTALL_DUPLICATE_DESTINATION,
    /// `install-mkdir-over-copy` (error): '{0}' is to be a file and a directory.
    InstallMkdirOverCopy = CDP_DIAGNOSTIC_INSTALL_MKDIR_OVER_COPY,
    /// `install-copy-over-mkdir` (error): '{0}' is to be a directory and a file.
    InstallCopyOverMkdir = CDP_DIAGNOSTIC_INSTALL_COPY_OVER_MKDIR,
    /// `install-same-place` (error): '{0}' and '{1}' are the same file: a link leads from one to the other.
    InstallSamePlace = CDP_DIAGNOSTIC_INSTALL_SAME_PLACE,
    /// `install-file-permission-pattern` (error): The permission for the file '{0}' has {1}.
    InstallFilePermissionPattern = CDP_DIAGNOSTIC_INSTALL_FILE_PERMISSION_PATTERN,
    /// `install-duplicate-permission` (error): Two permissions meet '{0}'; the first is entry {1}.
    InstallDuplicatePermission = CDP_DIAGNOSTIC_INSTALL_DUPLICATE_PERMISSION,
    /// `install-default-acl-on-file` (error): The permission gives the file '{0}' a default ACL entry.
    InstallDefaultAclOnFile = CDP_DIAGNOSTIC_INSTALL_DEFAULT_ACL_ON_FILE,
    /// `install-pattern-not-text` (error): {0} is not text.
    InstallPatternNotText = CDP_DIAGNOSTIC_INSTALL_PATTERN_NOT_TEXT,
    /// `install-unknown-owner` (error): The user or group of '{0}' is not known on this machine: {1}.
    InstallUnknownOwner = CDP_DIAGNOSTIC_INSTALL_UNKNOWN_OWNER,
    /// `install-permission-unused` (warning): The permission for '{0}' meets nothing that is installed.
    InstallPermissionUnused = CDP_DIAGNOSTIC_INSTALL_PERMISSION_UNUSED,
    /// `install-link-loop` (warning): The link '{0}' leads back to a directory that it is in; it is installed as a link.
    InstallLinkLoop = CDP_DIAGNOSTIC_INSTALL_LINK_LOOP,
    /// `install-link-leads-out` (warning): The link '{0}' leads out of the revision; it is installed as a link.
    InstallLinkLeadsOut = CDP_DIAGNOSTIC_INSTALL_LINK_LEADS_OUT,
    /// `install-through-link` (note): '{0}' is a link to a directory; what is installed below it goes where the link leads.
    InstallThroughLink = CDP_DIAGNOSTIC_INSTALL_THROUGH_LINK,
    /// `install-other-group` (warning): '{0}' was installed by the deployment group '{1}' and will be replaced.
    InstallOtherGroup = CDP_DIAGNOSTIC_INSTALL_OTHER_GROUP,
    /// `install-too-many-objects` (error): The revision has more than {0} files and directories to install.
    InstallTooManyObjects = CDP_DIAGNOSTIC_INSTALL_TOO_MANY_OBJECTS,
    /// `install-name-too-long` (error): A path under '{0}' is longer than {1} bytes.
    InstallNameTooLong = CDP_DIAGNOSTIC_INSTALL_NAME_TOO_LONG,
    /// `install-host-failed` (error): {0} '{1}': {2}.
    InstallHostFailed = CDP_DIAGNOSTIC_INSTALL_HOST_FAILED,
    /// `install-claimed` (warning): '{0}' was installed by the deployment group '{1}' after this group's last deployment: {2}.
    InstallClaimed = CDP_DIAGNOSTIC_INSTALL_CLAIMED,
    /// `install-immovable` (error): '{0}' cannot be replaced or removed: {1}.
    InstallImmovable = CDP_DIAGNOSTIC_INSTALL_IMMOVABLE,
    /// `install-record-line` (warning): The cleanup record has a line that names no path to remove; it is passed over: '{0}'.
    InstallRecordLine = CDP_DIAGNOSTIC_INSTALL_RECORD_LINE,
    /// `install-record-torn` (note): The last line of the cleanup record is incomplete and is passed over: '{0}'.
    InstallRecordTorn = CDP_DIAGNOSTIC_INSTALL_RECORD_TORN,
    /// `install-instructions-shape` (error): The instructions have {0} where {1} should be.
    InstallInstructionsShape = CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE,
    /// `install-instruction-type` (error): There is no instruction of the type '{0}'.
    InstallInstructionType = CDP_DIAGNOSTIC_INSTALL_INSTRUCTION_TYPE,
    /// `install-read-only` (error): Nothing can be made or removed in the directory '{0}'.
    InstallReadOnly = CDP_DIAGNOSTIC_INSTALL_READ_ONLY,
    /// `install-failed` (error): The install failed: it could not {0} {1}: {2}.
    InstallFailed = CDP_DIAGNOSTIC_INSTALL_FAILED,
    /// `install-unfinished` (error): An install is not over yet: it could not {0} {1}: {2}.
    InstallUnfinished = CDP_DIAGNOSTIC_INSTALL_UNFINISHED,
    /// `install-recovered` (note): Install {0} of group {1} had been cut off; {2}.
    InstallRecovered = CDP_DIAGNOSTIC_INSTALL_RECOVERED,
    /// `install-journal-damaged` (error): The journal {0} of an interrupted install cannot be understood: {1}.
    InstallJournalDamaged = CDP_DIAGNOSTIC_INSTALL_JOURNAL_DAMAGED,
    /// `host-directory-unusable` (error): The directory {0} cannot be used: {1}
    HostDirectoryUnusable = CDP_DIAGNOSTIC_HOST_DIRECTORY_UNUSABLE,
    /// `bundle-missing` (error): The bundle {0} cannot be opened: {1}
    BundleMissing = CDP_DIAGNOSTIC_BUNDLE_MISSING,
    /// `bundle-wrong-type` (error): The bundle {0} is {1}, not {2}.
    BundleWrongType = CDP_DIAGNOSTIC_BUNDLE_WRONG_TYPE,
    /// `bundle-damaged` (error): The bundle {0} is damaged: {1}
    BundleDamaged = CDP_DIAGNOSTIC_BUNDLE_DAMAGED,
    /// `bundle-truncated` (error): The bundle {0} is cut off: {1}
    BundleTruncated = CDP_DIAGNOSTIC_BUNDLE_TRUNCATED,
    /// `bundle-entry-outside` (error): The entry {0} of the bundle leads out of it.
    BundleEntryOutside = CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE,
    /// `bundle-through-link` (error): The entry {0} of the bundle lies behind the symbolic link {1}.
    BundleThroughLink = CDP_DIAGNOSTIC_BUNDLE_THROUGH_LINK,
    /// `bundle-below-file` (error): The entry {0} of the bundle lies below {1}, which is not a directory.
    BundleBelowFile = CDP_DIAGNOSTIC_BUNDLE_BELOW_FILE,
    /// `bundle-link-outside` (error): The symbolic link {0} of the bundle leads out of it, to {1}.
    BundleLinkOutside = CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE,
    /// `bundle-hard-link` (error): The hard link {0} of the bundle refers to {1}, which is no earlier file of it.
    BundleHardLink = CDP_DIAGNOSTIC_BUNDLE_HARD_LINK,
    /// `bundle-special-file` (error): The entry {0} of the bundle is a device, a FIFO or a socket.
    BundleSpecialFile = CDP_DIAGNOSTIC_BUNDLE_SPECIAL_FILE,
    /// `bundle-set-id` (error): The file {0} of the bundle has the set-user-ID or set-group-ID bit.
    BundleSetId = CDP_DIAGNOSTIC_BUNDLE_SET_ID,
    /// `bundle-set-id-dropped` (note): The directory {0} of the bundle loses its set-group-ID bit.
    BundleSetIdDropped = CDP_DIAGNOSTIC_BUNDLE_SET_ID_DROPPED,
    /// `bundle-duplicate` (error): The entry {0} stands in the bundle twice.
    BundleDuplicate = CDP_DIAGNOSTIC_BUNDLE_DUPLICATE,
    /// `bundle-case-only` (warning): The entries {0} and {1} of the bundle differ only in case.
    BundleCaseOnly = CDP_DIAGNOSTIC_BUNDLE_CASE_ONLY,
    /// `bundle-name-folded` (error): The entry {0} of the bundle meets another one: the file system does not tell their names apart.
    BundleNameFolded = CDP_DIAGNOSTIC_BUNDLE_NAME_FOLDED,
    /// `bundle-limit` (error): The bundle {0} exceeds the limit of {1} {2}.
    BundleLimit = CDP_DIAGNOSTIC_BUNDLE_LIMIT,
    /// `bundle-name` (error): The entry {0} of the bundle has a name that cannot be used: {1}
    BundleName = CDP_DIAGNOSTIC_BUNDLE_NAME,
    /// `bundle-unsupported` (error): The entry {0} of the bundle is {1}, which cannot be read here.
    BundleUnsupported = CDP_DIAGNOSTIC_BUNDLE_UNSUPPORTED,
    /// `bundle-compressed-tar` (warning): The bundle {0} is given as tar, and is compressed with gzip.
    BundleCompressedTar = CDP_DIAGNOSTIC_BUNDLE_COMPRESSED_TAR,
    /// `bundle-backslashes` (warning): The entry {0} of the bundle has backslashes, which are taken for slashes.
    BundleBackslashes = CDP_DIAGNOSTIC_BUNDLE_BACKSLASHES,
    /// `bundle-not-written` (error): The entry {0} of the bundle cannot be written: {1}
    BundleNotWritten = CDP_DIAGNOSTIC_BUNDLE_NOT_WRITTEN,
    /// `bundle-unreadable` (error): {0} cannot be read: {1}
    BundleUnreadable = CDP_DIAGNOSTIC_BUNDLE_UNREADABLE,
    /// `bundle-destination` (error): The bundle cannot be unpacked to {0}: {1}
    BundleDestination = CDP_DIAGNOSTIC_BUNDLE_DESTINATION,
    /// `bundle-contains-destination` (error): The bundle {0} contains the directory {1} that it is to be unpacked into.
    BundleContainsDestination = CDP_DIAGNOSTIC_BUNDLE_CONTAINS_DESTINATION,
    /// `bundle-links-refused` (error): The bundle holds a link, which this machine's configuration refuses: {0}
    BundleLinksRefused = CDP_DIAGNOSTIC_BUNDLE_LINKS_REFUSED,
    /// `deployment-running` (error): Group {0} is being deployed to already, by {1}.
    DeploymentRunning = CDP_DIAGNOSTIC_DEPLOYMENT_RUNNING,
    /// `deployment-no-appspec` (error): There is no AppSpec at the top of the revision in {0}.
    DeploymentNoAppSpec = CDP_DIAGNOSTIC_DEPLOYMENT_NO_APPSPEC,
    /// `deployment-no-revision` (error): Group {0} has no revision of {1} that could be deployed again.
    DeploymentNoRevision = CDP_DIAGNOSTIC_DEPLOYMENT_NO_REVISION,
    /// `deployment-system` (error): Could not {0} {1}: {2}.
    DeploymentSystem = CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM,
    /// `deployment-location` (error): {0} is no place that a bundle can come from: {1}.
    DeploymentLocation = CDP_DIAGNOSTIC_DEPLOYMENT_LOCATION,
    /// `deployment-no-fetch` (error): Nothing here can fetch {0}.
    DeploymentNoFetch = CDP_DIAGNOSTIC_DEPLOYMENT_NO_FETCH,
    /// `deployment-fetch-failed` (error): {0} could not be fetched: {1}.
    DeploymentFetchFailed = CDP_DIAGNOSTIC_DEPLOYMENT_FETCH_FAILED,
    /// `deployment-other-destination` (error): Deployment {0} of group {1} was cut off while it installed below {2}, not {3}.
    DeploymentOtherDestination = CDP_DIAGNOSTIC_DEPLOYMENT_OTHER_DESTINATION,
    /// `deployment-cut-off` (warning): Deployment {0} was cut off; {1}.
    DeploymentCutOff = CDP_DIAGNOSTIC_DEPLOYMENT_CUT_OFF,
    /// `agent-config-value` (error): {0}: `{1}` must be {2}, not {3}.
    AgentConfigValue = CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE,
    /// `agent-config-unknown` (warning): {0}: no agent knows the key `{1}`.
    AgentConfigUnknown = CDP_DIAGNOSTIC_AGENT_CONFIG_UNKNOWN,
    /// `deployment-setting-refused` (error): The AppSpec gives {0} {1}, which this machine's configuration refuses.
    DeploymentSettingRefused = CDP_DIAGNOSTIC_DEPLOYMENT_SETTING_REFUSED,
    /// `deployment-program-missing` (error): The AppSpec gives {0} an SELinux context; that takes the program {1}, which is not installed.
    DeploymentProgramMissing = CDP_DIAGNOSTIC_DEPLOYMENT_PROGRAM_MISSING,
    /// `deployment-earlier-appspec` (error): The event {0} takes its scripts from the last successful revision, whose AppSpec {1} is refused.
    DeploymentEarlierAppSpec = CDP_DIAGNOSTIC_DEPLOYMENT_EARLIER_APPSPEC,
    /// `deployment-own-folder` (error): '{0}' lies in the agent's own folder {1}.
    DeploymentOwnFolder = CDP_DIAGNOSTIC_DEPLOYMENT_OWN_FOLDER,
    /// `deployment-own-folder-used` (warning): '{0}' lies in the agent's own folder {1}; the official agent does not mind.
    DeploymentOwnFolderUsed = CDP_DIAGNOSTIC_DEPLOYMENT_OWN_FOLDER_USED,
    /// `script-missing` (error): Script does not exist at specified location: {0}
    ScriptMissing = CDP_DIAGNOSTIC_SCRIPT_MISSING,
    /// `script-has-arguments` (error): Script does not exist at specified location: {0}
    ScriptHasArguments = CDP_DIAGNOSTIC_SCRIPT_HAS_ARGUMENTS,
    /// `script-outside-revision` (error): Script {0} leads out of the revision.
    ScriptOutsideRevision = CDP_DIAGNOSTIC_SCRIPT_OUTSIDE_REVISION,
    /// `script-unreachable` (error): Script at {0} cannot be reached: {1}
    ScriptUnreachable = CDP_DIAGNOSTIC_SCRIPT_UNREACHABLE,
    /// `script-not-executable` (error): Unable to set script at specified location: {0} as executable: {1}
    ScriptNotExecutable = CDP_DIAGNOSTIC_SCRIPT_NOT_EXECUTABLE,
    /// `script-made-executable` (warning): Script {0} was not executable; it is now.
    ScriptMadeExecutable = CDP_DIAGNOSTIC_SCRIPT_MADE_EXECUTABLE,
    /// `script-not-started` (error): Script at specified location: {0} could not be started: {1}
    ScriptNotStarted = CDP_DIAGNOSTIC_SCRIPT_NOT_STARTED,
    /// `script-interpreter-missing` (error): Script at specified location: {0} names the interpreter {1}, which does not exist.
    ScriptInterpreterMissing = CDP_DIAGNOSTIC_SCRIPT_INTERPRETER_MISSING,
    /// `script-windows-interpreter` (error): Script at specified location: {0} has the line ends of Windows, so that its interpreter would be {1}.
    ScriptWindowsInterpreter = CDP_DIAGNOSTIC_SCRIPT_WINDOWS_INTERPRETER,
    /// `script-windows-lines` (warning): Script {0} failed, and has the line ends of Windows.
    ScriptWindowsLines = CDP_DIAGNOSTIC_SCRIPT_WINDOWS_LINES,
    /// `script-user-unknown` (error): Script at {0} cannot run as {1}: this machine has no such user.
    ScriptUserUnknown = CDP_DIAGNOSTIC_SCRIPT_USER_UNKNOWN,
    /// `script-user-refused` (error): Script at {0} cannot run as {1}: only root may become another user.
    ScriptUserRefused = CDP_DIAGNOSTIC_SCRIPT_USER_REFUSED,
    /// `script-sudo-missing` (error): Script at {0} is to run through sudo, which is not installed.
    ScriptSudoMissing = CDP_DIAGNOSTIC_SCRIPT_SUDO_MISSING,
    /// `script-failed` (error): Script at specified location: {0} failed with exit code {1}
    ScriptFailed = CDP_DIAGNOSTIC_SCRIPT_FAILED,
    /// `script-killed` (error): Script at specified location: {0} was ended by signal {1} ({2})
    ScriptKilled = CDP_DIAGNOSTIC_SCRIPT_KILLED,
    /// `script-timed-out` (error): Script at specified location: {0} failed to complete in {1} seconds
    ScriptTimedOut = CDP_DIAGNOSTIC_SCRIPT_TIMED_OUT,
    /// `script-outputs-open` (error): Script at specified location: {0} failed to close {1}
    ScriptOutputsOpen = CDP_DIAGNOSTIC_SCRIPT_OUTPUTS_OPEN,
    /// `script-cancelled` (error): Script at specified location: {0} was stopped on request.
    ScriptCancelled = CDP_DIAGNOSTIC_SCRIPT_CANCELLED,
    /// `script-survivors` (warning): Script {0} left {1} processes that could not be ended.
    ScriptSurvivors = CDP_DIAGNOSTIC_SCRIPT_SURVIVORS,
    /// `script-lost` (error): Nobody knows how the script at specified location: {0} ended: the process that watched it was killed.
    ScriptLost = CDP_DIAGNOSTIC_SCRIPT_LOST,
    /// `script-log-unwritable` (warning): The log {0} cannot be written: {1}
    ScriptLogUnwritable = CDP_DIAGNOSTIC_SCRIPT_LOG_UNWRITABLE,
    /// `deployment-id` (error): `{0}` cannot be a deployment's id.
    DeploymentId = CDP_DIAGNOSTIC_DEPLOYMENT_ID,
    /// `deployment-platform` (error): It is not known on which platform to deploy.
    DeploymentPlatform = CDP_DIAGNOSTIC_DEPLOYMENT_PLATFORM,
    /// `deployment-appspec-platform` (error): The AppSpec is one for {0}, and the deployment group one for {1}.
    DeploymentAppSpecPlatform = CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_PLATFORM,
    /// `deployment-appspec-missing` (error): A deployment on {0} needs an AppSpec.
    DeploymentAppSpecMissing = CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_MISSING,
    /// `deployment-description` (error): The description has {0} characters; at most 256 are allowed.
    DeploymentDescription = CDP_DIAGNOSTIC_DEPLOYMENT_DESCRIPTION,
    /// `deployment-active` (error): The deployment group `{0}` has an active deployment, {1}.
    DeploymentActive = CDP_DIAGNOSTIC_DEPLOYMENT_ACTIVE,
    /// `deployment-option-platform` (error): The option `{0}` means nothing on {1}.
    DeploymentOptionPlatform = CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_PLATFORM,
    /// `deployment-outdated-only` (error): updateOutdatedInstancesOnly cannot be used on {0}.
    DeploymentOutdatedOnly = CDP_DIAGNOSTIC_DEPLOYMENT_OUTDATED_ONLY,
    /// `deployment-contradiction` (error): The options `{0}` and `{1}` contradict each other.
    DeploymentContradiction = CDP_DIAGNOSTIC_DEPLOYMENT_CONTRADICTION,
    /// `deployment-alarms` (error): The deployment's alarms are not sound: {0}.
    DeploymentAlarms = CDP_DIAGNOSTIC_DEPLOYMENT_ALARMS,
    /// `deployment-too-many-alarms` (error): The deployment has {0} alarms; at most 10 are allowed.
    DeploymentTooManyAlarms = CDP_DIAGNOSTIC_DEPLOYMENT_TOO_MANY_ALARMS,
    /// `deployment-auto-rollback` (error): The deployment's automatic rollback names no event, or one that there is not.
    DeploymentAutoRollback = CDP_DIAGNOSTIC_DEPLOYMENT_AUTO_ROLLBACK,
    /// `deployment-negative` (error): A time in the deployment's options is negative, or too large.
    DeploymentNegative = CDP_DIAGNOSTIC_DEPLOYMENT_NEGATIVE,
    /// `deployment-revision-type` (error): A revision of type {0} cannot be deployed on {1}.
    DeploymentRevisionType = CDP_DIAGNOSTIC_DEPLOYMENT_REVISION_TYPE,
    /// `deployment-file-exists` (error): {0} is no file-exists behavior.
    DeploymentFileExists = CDP_DIAGNOSTIC_DEPLOYMENT_FILE_EXISTS,
    /// `deployment-option-alone` (error): The option `{0}` has no effect without `{1}`.
    DeploymentOptionAlone = CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_ALONE,
    /// `deployment-creator` (error): A deployment with the creator {0} cannot be made from options.
    DeploymentCreator = CDP_DIAGNOSTIC_DEPLOYMENT_CREATOR,
    /// `deployment-time` (error): The time {0} ms was refused: now it can be {1} ms to {2} ms.
    DeploymentTime = CDP_DIAGNOSTIC_DEPLOYMENT_TIME,
    /// `deployment-over` (error): The input was refused: the deployment is {0}.
    DeploymentOver = CDP_DIAGNOSTIC_DEPLOYMENT_OVER,
    /// `deployment-not-started` (error): The input was refused: the deployment has not started.
    DeploymentNotStarted = CDP_DIAGNOSTIC_DEPLOYMENT_NOT_STARTED,
    /// `deployment-already-started` (error): The start was refused: the deployment is {0}.
    DeploymentAlreadyStarted = CDP_DIAGNOSTIC_DEPLOYMENT_ALREADY_STARTED,
    /// `deployment-unknown-token` (error): There is no action {0}.
    DeploymentUnknownToken = CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_TOKEN,
    /// `deployment-token-completed` (error): The action {0} is not open any more.
    DeploymentTokenCompleted = CDP_DIAGNOSTIC_DEPLOYMENT_TOKEN_COMPLETED,
    /// `deployment-not-ready` (error): READY_WAIT cannot be ended: the deployment is {0}.
    DeploymentNotReady = CDP_DIAGNOSTIC_DEPLOYMENT_NOT_READY,
    /// `deployment-not-waiting` (error): Nothing can be continued: the deployment is {0} and waits for nothing of the kind.
    DeploymentNotWaiting = CDP_DIAGNOSTIC_DEPLOYMENT_NOT_WAITING,
    /// `deployment-wait-type` (error): There is no such kind of wait.
    DeploymentWaitType = CDP_DIAGNOSTIC_DEPLOYMENT_WAIT_TYPE,
    /// `deployment-unsupported-input` (error): The input was refused: this deployment does not know it ({0}).
    DeploymentUnsupportedInput = CDP_DIAGNOSTIC_DEPLOYMENT_UNSUPPORTED_INPUT,
    /// `deployment-unknown-target` (error): There is no target {0}; the deployment has {1}, counted from 0.
    DeploymentUnknownTarget = CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_TARGET,
    /// `deployment-unknown-alarm` (error): The deployment watches no alarm `{0}`.
    DeploymentUnknownAlarm = CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_ALARM,
    /// `deployment-bad-outcome` (error): The answer was refused: it says neither Succeeded nor Failed.
    DeploymentBadOutcome = CDP_DIAGNOSTIC_DEPLOYMENT_BAD_OUTCOME,
    /// `deployment-target-over` (error): `{0}` is {1} already.
    DeploymentTargetOver = CDP_DIAGNOSTIC_DEPLOYMENT_TARGET_OVER,
    /// `deployment-not-to-begin` (error): The input was refused: the host does not tell this deployment when events begin.
    DeploymentNotToBegin = CDP_DIAGNOSTIC_DEPLOYMENT_NOT_TO_BEGIN,
    /// `deployment-not-running` (error): The input was refused: no target is being deployed to while the deployment is {0}.
    DeploymentNotRunning = CDP_DIAGNOSTIC_DEPLOYMENT_NOT_RUNNING,
    /// `deployment-error-code` (error): The failure was refused: it has no error code.
    DeploymentErrorCode = CDP_DIAGNOSTIC_DEPLOYMENT_ERROR_CODE,
    /// `deployment-not-over` (error): The input was refused: the deployment is {0}, and not over.
    DeploymentNotOver = CDP_DIAGNOSTIC_DEPLOYMENT_NOT_OVER,
    /// `deployment-in-callback` (error): The input was refused: a callback of this deployment is running.
    DeploymentInCallback = CDP_DIAGNOSTIC_DEPLOYMENT_IN_CALLBACK,
    /// `deployment-snapshot-damaged` (error): The snapshot cannot be read: {0}.
    DeploymentSnapshotDamaged = CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_DAMAGED,
    /// `deployment-snapshot-version` (error): The snapshot has the version {0}, which this library does not know.
    DeploymentSnapshotVersion = CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_VERSION,
    /// `deployment-snapshot-other` (error): The snapshot belongs to another deployment: {0}.
    DeploymentSnapshotOther = CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_OTHER,
    /// `deployment-log-line` (error): The line is no input of a deployment: {0}.
    DeploymentLogLine = CDP_DIAGNOSTIC_DEPLOYMENT_LOG_LINE,
    /// `rollback-deployment-type` (error): A deployment to {0} cannot be in place.
    RollbackDeploymentType = CDP_DIAGNOSTIC_ROLLBACK_DEPLOYMENT_TYPE,
    /// `rollback-cause-and-status` (error): A deployment whose status is {1} is not rolled back because of cause `{0}`.
    RollbackCauseAndStatus = CDP_DIAGNOSTIC_ROLLBACK_CAUSE_AND_STATUS,
    /// `rollback-stop-flag` (error): How StopDeployment was called is told, but the cause is `{0}`.
    RollbackStopFlag = CDP_DIAGNOSTIC_ROLLBACK_STOP_FLAG,
    /// `rollback-weight` (error): A weight of {0} cannot be on {1}.
    RollbackWeight = CDP_DIAGNOSTIC_ROLLBACK_WEIGHT,
    /// `rollback-test-traffic` (error): There is no test traffic on {0}.
    RollbackTestTraffic = CDP_DIAGNOSTIC_ROLLBACK_TEST_TRAFFIC,
    /// `rollback-no-replacement` (error): Traffic goes to a replacement task set that does not exist.
    RollbackNoReplacement = CDP_DIAGNOSTIC_ROLLBACK_NO_REPLACEMENT,
    /// `rollback-ready-expired` (error): The deployment is said to have waited in vain to be continued, but it cannot have.
    RollbackReadyExpired = CDP_DIAGNOSTIC_ROLLBACK_READY_EXPIRED,
    /// `rollback-config-platform` (error): The configuration {0} is not one for {1}.
    RollbackConfigPlatform = CDP_DIAGNOSTIC_ROLLBACK_CONFIG_PLATFORM,
    /// `rollback-target-id` (error): Target number {0} has no id.
    RollbackTargetId = CDP_DIAGNOSTIC_ROLLBACK_TARGET_ID,
    /// `rollback-target-twice` (error): The target {0} stands there twice.
    RollbackTargetTwice = CDP_DIAGNOSTIC_ROLLBACK_TARGET_TWICE,
    /// `rollback-target-original` (error): {0} is said to be an original instance, but the deployment is not blue/green on Server.
    RollbackTargetOriginal = CDP_DIAGNOSTIC_ROLLBACK_TARGET_ORIGINAL,
    /// `rollback-target-events` (error): The events of target {0} contradict each other.
    RollbackTargetEvents = CDP_DIAGNOSTIC_ROLLBACK_TARGET_EVENTS,
    /// `rollback-target-gone` (error): {0} is said to be gone and to have traffic.
    RollbackTargetGone = CDP_DIAGNOSTIC_ROLLBACK_TARGET_GONE,
    /// `rollback-one-target` (error): A deployment to {1} has one target, not {0}.
    RollbackOneTarget = CDP_DIAGNOSTIC_ROLLBACK_ONE_TARGET,
    /// `rollback-past-id` (error): Earlier deployment number {0} has no id.
    RollbackPastId = CDP_DIAGNOSTIC_ROLLBACK_PAST_ID,
    /// `rollback-wanted` (error): An earlier deployment number {0} cannot be wanted (cause `{1}`).
    RollbackWanted = CDP_DIAGNOSTIC_ROLLBACK_WANTED,
    /// `rollback-revision-unknown` (error): The revision of deployment {0}, which would be deployed again, is not told.
    RollbackRevisionUnknown = CDP_DIAGNOSTIC_ROLLBACK_REVISION_UNKNOWN,
    /// `rollback-duration` (error): {0} ms cannot be the duration of {1}.
    RollbackDuration = CDP_DIAGNOSTIC_ROLLBACK_DURATION,
    /// `rollback-file-path` (error): File number {0} has no path.
    RollbackFilePath = CDP_DIAGNOSTIC_ROLLBACK_FILE_PATH,
};

/// @file
/// Everything that is wrong with an input, each with its place and its remedy.
///
/// The caller makes a Diagnostics object, passes it to the functions that read or check
/// something, and looks at it afterwards. Entries are kept in the order in which they were found;
/// cdp_diagnostics_sort() puts them into the order of the text.
enum class Severity : int {
    /// Worth knowing.
    Note = CDP_SEVERITY_NOTE,
    /// Accepted, but probably not what was meant, or not read alike everywhere.
    Warning = CDP_SEVERITY_WARNING,
    /// Refused.
    Error = CDP_SEVERITY_ERROR,
};

/// A compute platform. Values never change meaning. (API shape ComputePlatform.)
enum class Platform : int {
    /// Not said: where a function takes it, the platform is found out from the input.
    Auto = CDP_PLATFORM_AUTO,
    /// EC2 instances and on-premises hosts.
    Server = CDP_PLATFORM_SERVER,
    /// A Lambda function's alias.
    Lambda = CDP_PLATFORM_LAMBDA,
    /// An ECS service.
    Ecs = CDP_PLATFORM_ECS,
};

/// How severe the reader is.
enum class AppSpecProfile : int {
    /// Refuses exactly what the official agent 1.x refuses (for Lambda and ECS: what the
    ///  documentation makes the service refuse), and warns of the rest.
    Agent = CDP_APPSPEC_PROFILE_AGENT,
    /// Also refuses what the documentation forbids and what the agents 1.x and 2.x read
    ///  differently: warnings of those kinds become errors.
    Strict = CDP_APPSPEC_PROFILE_STRICT,
};

/// How an AppSpec is written down.
enum class AppSpecNotation : int {
    /// Reading: XML when the first character is `<`, otherwise YAML. Not for writing.
    Auto = CDP_APPSPEC_NOTATION_AUTO,
    /// As the agents read it: JSON is YAML too.
    Yaml = CDP_APPSPEC_NOTATION_YAML,
    /// JSON and nothing else (RFC 8259).
    Json = CDP_APPSPEC_NOTATION_JSON,
    /// XML, by the mapping of docs/xml.md; an extension that no agent knows.
    Xml = CDP_APPSPEC_NOTATION_XML,
};

/// Which hosts a Server AppSpec is meant for.
enum class AppSpecHost : int {
    /// AppSpecHost::Linux in profile `agent`, AppSpecHost::Any in profile `strict`.
    Default = CDP_APPSPEC_HOST_DEFAULT,
    /// `os: windows` is refused, as the agent 1.x on Linux does.
    Linux = CDP_APPSPEC_HOST_LINUX,
    /// `os: linux` is refused, as the agent 1.x on Windows does.
    Windows = CDP_APPSPEC_HOST_WINDOWS,
    /// Either is accepted.
    Any = CDP_APPSPEC_HOST_ANY,
};

/// What stands at a path of a bundle, symbolic links followed.
enum class AppSpecEntryKind : int {
    Missing = CDP_APPSPEC_ENTRY_MISSING,
    File = CDP_APPSPEC_ENTRY_FILE,
    Directory = CDP_APPSPEC_ENTRY_DIRECTORY,
    /// A device, a socket, a link that leads nowhere.
    Other = CDP_APPSPEC_ENTRY_OTHER,
};

/// What kind of value stands where a text is expected. The agent 1.x takes them as they are and
/// fails, if at all, only when it installs; profile `strict` refuses all but text.
enum class AppSpecValueKind : int {
    Absent = CDP_APPSPEC_VALUE_ABSENT,
    Text = CDP_APPSPEC_VALUE_TEXT,
    /// `1000`: the text of the string is the number's. The agent fails on it.
    Number = CDP_APPSPEC_VALUE_NUMBER,
    /// `yes`: the text is `true` or `false`. The agent fails on it.
    Boolean = CDP_APPSPEC_VALUE_BOOLEAN,
    /// `[a, b]`: the text is the items joined by `/`, which is how the agent makes a path of it.
    List = CDP_APPSPEC_VALUE_LIST,
    /// `{a: b}`: the text is the agent's notation of it. The agent fails on it.
    Mapping = CDP_APPSPEC_VALUE_MAPPING,
    /// `!!binary`: bytes that the agent takes like text.
    Bytes = CDP_APPSPEC_VALUE_BYTES,
    /// `:name`: the text is without the colon. The agent fails on it.
    Symbol = CDP_APPSPEC_VALUE_SYMBOL,
};

/// What to do with a file that is in the way; the API's FileExistsBehavior.
enum class FileExistsBehavior : int {
    /// The AppSpec does not say; the deployment's own setting decides.
    Unset = CDP_FILE_EXISTS_UNSET,
    Disallow = CDP_FILE_EXISTS_DISALLOW,
    Overwrite = CDP_FILE_EXISTS_OVERWRITE,
    Retain = CDP_FILE_EXISTS_RETAIN,
};

/// Bits of cdp_appspec_permission.types.
enum class AppSpecObjectType : int {
    File = CDP_APPSPEC_TYPE_FILE,
    Directory = CDP_APPSPEC_TYPE_DIRECTORY,
};

/// Whom an entry of an access control list concerns.
enum class AppSpecAclType : int {
    User = CDP_APPSPEC_ACL_USER,
    Group = CDP_APPSPEC_ACL_GROUP,
    Mask = CDP_APPSPEC_ACL_MASK,
    Other = CDP_APPSPEC_ACL_OTHER,
};

/// Who reads.
enum class AppSpecReader : int {
    /// The official agent 1.x (Ruby), on a current Ruby.
    Agent1 = CDP_APPSPEC_READER_AGENT_1,
    /// The official agent 2.x (Rust).
    Agent2 = CDP_APPSPEC_READER_AGENT_2,
    /// The user guide.
    Documentation = CDP_APPSPEC_READER_DOCUMENTATION,
};

/// How a number of healthy hosts is told. (API shape MinimumHealthyHostsType.)
enum class MinimumType : int {
    /// No minimum: the configuration is not one for Server.
    None = CDP_MINIMUM_NONE,
    /// An absolute number of instances, from 0.
    HostCount = CDP_MINIMUM_HOST_COUNT,
    /// A percentage of the instances of the deployment, 0 to 99, rounded up to whole instances.
    FleetPercent = CDP_MINIMUM_FLEET_PERCENT,
    /// All but this many instances. The API tells it of CodeDeployDefault.OneAtATime; nobody can
    ///  set it.
    MostConcurrency = CDP_MINIMUM_MOST_CONCURRENCY,
};

/// How traffic moves. (API shape TrafficRoutingType.)
enum class TrafficType : int {
    /// No traffic routing: the configuration is one for Server.
    None = CDP_TRAFFIC_NONE,
    /// Everything in one step.
    AllAtOnce = CDP_TRAFFIC_ALL_AT_ONCE,
    /// A part first, and after the interval the rest.
    TimeBasedCanary = CDP_TRAFFIC_TIME_BASED_CANARY,
    /// Equal parts with the interval between them, the first at once.
    TimeBasedLinear = CDP_TRAFFIC_TIME_BASED_LINEAR,
};

/// The JSON that a configuration is written in.
enum class ConfigShape : int {
    /// The input of CreateDeploymentConfig: named, and nothing that only the service can set.
    Create = CDP_CONFIG_SHAPE_CREATE,
    /// DeploymentConfigInfo, as GetDeploymentConfig returns it, with or without the object
    ///  `deploymentConfigInfo` around it. Predefined names and MOST_CONCURRENCY are known here; what
    ///  is written under a predefined name gives way to what the name means, with a warning where
    ///  the two differ.
    Info = CDP_CONFIG_SHAPE_INFO,
    /// The properties of the CloudFormation hook AWS::CodeDeploy::BlueGreen, an object that may
    ///  hold a `TrafficRoutingConfig` with `StepPercentage` (14 to 99, default 15) and
    ///  `BakeTimeMins` (default 5); without one it is a canary of 15 percent and 5 minutes. The
    ///  platform is ECS, and such configurations have no name.
    Hook = CDP_CONFIG_SHAPE_HOOK,
};

/// How many configurations of its own an account may have. (User guide, limits.)
constexpr auto ConfigCustomLimit = CDP_CONFIG_CUSTOM_LIMIT;

/// How many steps a schedule may have.
constexpr auto TrafficStepLimit = CDP_TRAFFIC_STEP_LIMIT;

/// How long the waits of a schedule may be together: 366 days, in milliseconds.
constexpr auto TrafficDurationLimit = CDP_TRAFFIC_DURATION_LIMIT;

/// In place of a wait: the step holds until its gate is opened.
constexpr auto TrafficGate = CDP_TRAFFIC_GATE;

/// A lifecycle event. `Start` and `End`, which the guide draws, are marks in its diagrams: the API
/// never returns them. (User guide, "AppSpec 'hooks' section".)
enum class Event : int {
    /// An event that only `codedeploy-local --events` or a plan of the host's own names.
    Custom = CDP_EVENT_CUSTOM,
    ApplicationStop = CDP_EVENT_APPLICATION_STOP,
    DownloadBundle = CDP_EVENT_DOWNLOAD_BUNDLE,
    BeforeInstall = CDP_EVENT_BEFORE_INSTALL,
    Install = CDP_EVENT_INSTALL,
    AfterInstall = CDP_EVENT_AFTER_INSTALL,
    ApplicationStart = CDP_EVENT_APPLICATION_START,
    ValidateService = CDP_EVENT_VALIDATE_SERVICE,
    BeforeBlockTraffic = CDP_EVENT_BEFORE_BLOCK_TRAFFIC,
    BlockTraffic = CDP_EVENT_BLOCK_TRAFFIC,
    AfterBlockTraffic = CDP_EVENT_AFTER_BLOCK_TRAFFIC,
    BeforeAllowTraffic = CDP_EVENT_BEFORE_ALLOW_TRAFFIC,
    AllowTraffic = CDP_EVENT_ALLOW_TRAFFIC,
    AfterAllowTraffic = CDP_EVENT_AFTER_ALLOW_TRAFFIC,
    /// The diagrams of the guide label it TestTraffic.
    AllowTestTraffic = CDP_EVENT_ALLOW_TEST_TRAFFIC,
    AfterAllowTestTraffic = CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC,
};

/// API shape LifecycleEventStatus.
enum class EventStatus : int {
    Pending = CDP_EVENT_STATUS_PENDING,
    InProgress = CDP_EVENT_STATUS_IN_PROGRESS,
    Succeeded = CDP_EVENT_STATUS_SUCCEEDED,
    Failed = CDP_EVENT_STATUS_FAILED,
    Skipped = CDP_EVENT_STATUS_SKIPPED,
    Unknown = CDP_EVENT_STATUS_UNKNOWN,
};

/// API shapes TargetStatus and InstanceStatus.
enum class TargetStatus : int {
    Pending = CDP_TARGET_STATUS_PENDING,
    InProgress = CDP_TARGET_STATUS_IN_PROGRESS,
    Succeeded = CDP_TARGET_STATUS_SUCCEEDED,
    Failed = CDP_TARGET_STATUS_FAILED,
    Skipped = CDP_TARGET_STATUS_SKIPPED,
    Unknown = CDP_TARGET_STATUS_UNKNOWN,
    /// Of a replacement: installed, and waiting for its traffic.
    Ready = CDP_TARGET_STATUS_READY,
};

/// API shape DeploymentStatus.
enum class DeploymentStatus : int {
    Created = CDP_DEPLOYMENT_STATUS_CREATED,
    Queued = CDP_DEPLOYMENT_STATUS_QUEUED,
    InProgress = CDP_DEPLOYMENT_STATUS_IN_PROGRESS,
    /// Only in the enumeration: no deployment was ever seen in it. Read, never given out.
    Baking = CDP_DEPLOYMENT_STATUS_BAKING,
    Succeeded = CDP_DEPLOYMENT_STATUS_SUCCEEDED,
    Failed = CDP_DEPLOYMENT_STATUS_FAILED,
    Stopped = CDP_DEPLOYMENT_STATUS_STOPPED,
    Ready = CDP_DEPLOYMENT_STATUS_READY,
};

/// Why an event failed (API shape LifecycleErrorCode). The values are the numbers that the official
/// agent writes as `error_code` (hook_executor.rb).
enum class EventError : int {
    Success = CDP_EVENT_ERROR_SUCCESS,
    ScriptMissing = CDP_EVENT_ERROR_SCRIPT_MISSING,
    ScriptNotExecutable = CDP_EVENT_ERROR_SCRIPT_NOT_EXECUTABLE,
    ScriptTimedOut = CDP_EVENT_ERROR_SCRIPT_TIMED_OUT,
    ScriptFailed = CDP_EVENT_ERROR_SCRIPT_FAILED,
    UnknownError = CDP_EVENT_ERROR_UNKNOWN_ERROR,
};

/// Who started a deployment (API shape DeploymentCreator).
enum class DeploymentCreator : int {
    User = CDP_DEPLOYMENT_CREATOR_USER,
    Autoscaling = CDP_DEPLOYMENT_CREATOR_AUTOSCALING,
    CodeDeployRollback = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK,
    CodeDeploy = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY,
    CodeDeployAutoUpdate = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_AUTO_UPDATE,
    CloudFormation = CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION,
    CloudFormationRollback = CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION_ROLLBACK,
    AutoscalingTermination = CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION,
};

/// What a deployment waits for (API shape DeploymentWaitType).
enum class WaitType : int {
    /// Nothing. Its name is `"unknown"`: the API has no word for it.
    None = CDP_WAIT_NONE,
    /// Before traffic goes to a replacement.
    Ready = CDP_WAIT_READY,
    /// Before an original is taken away.
    Termination = CDP_WAIT_TERMINATION,
};

/// What happens when a replacement is ready (API shape DeploymentReadyAction).
enum class ReadyAction : int {
    /// Traffic goes to it without asking.
    ContinueDeployment = CDP_READY_ACTION_CONTINUE_DEPLOYMENT,
    /// It waits to be continued, and stops when nobody does in time.
    StopDeployment = CDP_READY_ACTION_STOP_DEPLOYMENT,
};

/// What StopDeployment answers (API shape StopStatus).
enum class StopStatus : int {
    /// Something is still running.
    Pending = CDP_STOP_STATUS_PENDING,
    /// No more events will run.
    Succeeded = CDP_STOP_STATUS_SUCCEEDED,
};

/// Why a deployment failed or was stopped (API shape ErrorCode, in ErrorInformation).
enum class ErrorCode : int {
    /// It did not. Its name is `"unknown"`: the API then has no error information.
    None = CDP_ERROR_CODE_NONE,
    AgentIssue = CDP_ERROR_CODE_AGENT_ISSUE,
    AlarmActive = CDP_ERROR_CODE_ALARM_ACTIVE,
    ApplicationMissing = CDP_ERROR_CODE_APPLICATION_MISSING,
    AutoscalingValidationError = CDP_ERROR_CODE_AUTOSCALING_VALIDATION_ERROR,
    AutoScalingConfiguration = CDP_ERROR_CODE_AUTO_SCALING_CONFIGURATION,
    AutoScalingIamRolePermissions = CDP_ERROR_CODE_AUTO_SCALING_IAM_ROLE_PERMISSIONS,
    CodedeployResourceCannotBeFound = CDP_ERROR_CODE_CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND,
    CustomerApplicationUnhealthy = CDP_ERROR_CODE_CUSTOMER_APPLICATION_UNHEALTHY,
    DeploymentGroupMissing = CDP_ERROR_CODE_DEPLOYMENT_GROUP_MISSING,
    EcsUpdateError = CDP_ERROR_CODE_ECS_UPDATE_ERROR,
    ElasticLoadBalancingInvalid = CDP_ERROR_CODE_ELASTIC_LOAD_BALANCING_INVALID,
    ElbInvalidInstance = CDP_ERROR_CODE_ELB_INVALID_INSTANCE,
    HealthConstraints = CDP_ERROR_CODE_HEALTH_CONSTRAINTS,
    HealthConstraintsInvalid = CDP_ERROR_CODE_HEALTH_CONSTRAINTS_INVALID,
    HookExecutionFailure = CDP_ERROR_CODE_HOOK_EXECUTION_FAILURE,
    IamRoleMissing = CDP_ERROR_CODE_IAM_ROLE_MISSING,
    IamRolePermissions = CDP_ERROR_CODE_IAM_ROLE_PERMISSIONS,
    InternalError = CDP_ERROR_CODE_INTERNAL_ERROR,
    InvalidEcsService = CDP_ERROR_CODE_INVALID_ECS_SERVICE,
    InvalidLambdaConfiguration = CDP_ERROR_CODE_INVALID_LAMBDA_CONFIGURATION,
    InvalidLambdaFunction = CDP_ERROR_CODE_INVALID_LAMBDA_FUNCTION,
    InvalidRevision = CDP_ERROR_CODE_INVALID_REVISION,
    ManualStop = CDP_ERROR_CODE_MANUAL_STOP,
    MissingBlueGreenDeploymentConfiguration = CDP_ERROR_CODE_MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
    MissingElbInformation = CDP_ERROR_CODE_MISSING_ELB_INFORMATION,
    MissingGitHubToken = CDP_ERROR_CODE_MISSING_GITHUB_TOKEN,
    NoEc2Subscription = CDP_ERROR_CODE_NO_EC2_SUBSCRIPTION,
    NoInstances = CDP_ERROR_CODE_NO_INSTANCES,
    OverMaxInstances = CDP_ERROR_CODE_OVER_MAX_INSTANCES,
    ResourceLimitExceeded = CDP_ERROR_CODE_RESOURCE_LIMIT_EXCEEDED,
    RevisionMissing = CDP_ERROR_CODE_REVISION_MISSING,
    Throttled = CDP_ERROR_CODE_THROTTLED,
    Timeout = CDP_ERROR_CODE_TIMEOUT,
    CloudformationStackFailure = CDP_ERROR_CODE_CLOUDFORMATION_STACK_FAILURE,
};

/// What kind of deployment a target takes part in, and on which side.
enum class Scenario : int {
    /// The platform's first: Scenario::InPlace or Scenario::BlueGreen.
    Default = CDP_SCENARIO_DEFAULT,
    /// Server: `in-place`, without a load balancer.
    InPlace = CDP_SCENARIO_IN_PLACE,
    /// Server: `in-place-load-balancer`, with deployment option WITH_TRAFFIC_CONTROL.
    InPlaceLoadBalancer = CDP_SCENARIO_IN_PLACE_LOAD_BALANCER,
    /// Server: `in-place-rollback`: the same events; an ordinary deployment of an old revision.
    InPlaceRollback = CDP_SCENARIO_IN_PLACE_ROLLBACK,
    /// Server: `in-place-rollback-load-balancer`.
    InPlaceRollbackLoadBalancer = CDP_SCENARIO_IN_PLACE_ROLLBACK_LOAD_BALANCER,
    /// Server: `blue-green-replacement`, an instance of the new fleet.
    BlueGreenReplacement = CDP_SCENARIO_BLUE_GREEN_REPLACEMENT,
    /// Server: `blue-green-original`, an instance of the old fleet.
    BlueGreenOriginal = CDP_SCENARIO_BLUE_GREEN_ORIGINAL,
    /// Server: `blue-green-rollback-original`: traffic comes back to it.
    BlueGreenRollbackOriginal = CDP_SCENARIO_BLUE_GREEN_ROLLBACK_ORIGINAL,
    /// Server: `blue-green-rollback-replacement`: traffic is taken from it.
    BlueGreenRollbackReplacement = CDP_SCENARIO_BLUE_GREEN_ROLLBACK_REPLACEMENT,
    /// Server: `auto-scaling-launch`, an instance that its group has just started.
    AutoScalingLaunch = CDP_SCENARIO_AUTO_SCALING_LAUNCH,
    /// Server: `auto-scaling-termination`, an instance that its group is about to end. That
    ///  traffic is blocked before the application stops is by analogy with in-place.
    AutoScalingTermination = CDP_SCENARIO_AUTO_SCALING_TERMINATION,
    /// Server: `local`, what `codedeploy-local` runs.
    Local = CDP_SCENARIO_LOCAL,
    /// Lambda and ECS: `blue-green`; on ECS without a test listener.
    BlueGreen = CDP_SCENARIO_BLUE_GREEN,
    /// ECS: `test-listener`, with one.
    TestListener = CDP_SCENARIO_TEST_LISTENER,
    /// `custom`: a plan that the host has made with cdp_lifecycle_plan_new().
    Custom = CDP_SCENARIO_CUSTOM,
};

/// Which revision on the host an event's script is taken from.
enum class RevisionSource : int {
    /// The event runs no script.
    None = CDP_REVISION_NONE,
    /// The one that is being deployed: `current`.
    Current = CDP_REVISION_CURRENT,
    /// The one whose Install finished last, even if its deployment failed later:
    ///  `last-successful`. None on a host's first deployment: the event is then a no-op.
    LastSuccessful = CDP_REVISION_LAST_SUCCESSFUL,
    /// The one that was downloaded last: `most-recent`.
    MostRecent = CDP_REVISION_MOST_RECENT,
};

/// The most events that a plan can have.
constexpr std::size_t LifecycleMaxEvents = CDP_LIFECYCLE_MAX_EVENTS;

/// Why an event or a target is as it is, beyond its status.
enum class LifecycleReason : int {
    /// Nothing special.
    None = CDP_LIFECYCLE_REASON_NONE,
    /// An event was reported as failed.
    EventFailed = CDP_LIFECYCLE_REASON_EVENT_FAILED,
    /// An event did not begin in time.
    StartLimit = CDP_LIFECYCLE_REASON_START_LIMIT,
    /// An event did not end in time.
    RunLimit = CDP_LIFECYCLE_REASON_RUN_LIMIT,
    /// The deployment was stopped.
    Stopped = CDP_LIFECYCLE_REASON_STOPPED,
    /// The target's turn never came.
    Skipped = CDP_LIFECYCLE_REASON_SKIPPED,
    /// Contact was lost.
    ContactLost = CDP_LIFECYCLE_REASON_CONTACT_LOST,
    /// Nobody continued the deployment while the target was Ready.
    ReadyWaitExpired = CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED,
};

/// What the host does next.
enum class LifecycleActionKind : int {
    /// Nothing: only cdp_lifecycle_step() is still legal.
    None = CDP_LIFECYCLE_ACTION_NONE,
    /// When the target's turn has come: cdp_lifecycle_start().
    Start = CDP_LIFECYCLE_ACTION_START,
    /// Carry out `event`: cdp_lifecycle_begin(), or cdp_lifecycle_no_op().
    Begin = CDP_LIFECYCLE_ACTION_BEGIN,
    /// When `event` has ended: cdp_lifecycle_finish().
    Finish = CDP_LIFECYCLE_ACTION_FINISH,
    /// When somebody asks for it: cdp_lifecycle_continue() of `wait`.
    Continue = CDP_LIFECYCLE_ACTION_CONTINUE,
};

/// How the last attempt to deploy to an instance ended.
enum class InstanceHealth : int {
    /// It failed, or nothing was ever deployed.
    Unhealthy = CDP_INSTANCE_UNHEALTHY,
    /// It succeeded.
    Healthy = CDP_INSTANCE_HEALTHY,
};

/// What is installed on an instance, seen from its deployment group.
enum class RevisionHealth : int {
    /// Nothing was installed successfully, or nobody knows what.
    Unknown = CDP_REVISION_HEALTH_UNKNOWN,
    /// An older revision of the application.
    Old = CDP_REVISION_HEALTH_OLD,
    /// The revision of the group's last successful deployment.
    Current = CDP_REVISION_HEALTH_CURRENT,
};

/// What became of an instance in one deployment.
enum class InstanceOutcome : int {
    /// It was never begun, or it was not part of the deployment.
    NotAttempted = CDP_OUTCOME_NOT_ATTEMPTED,
    Succeeded = CDP_OUTCOME_SUCCEEDED,
    Failed = CDP_OUTCOME_FAILED,
    /// Blue/green: the revision was installed, but the deployment ended before traffic came.
    Installed = CDP_OUTCOME_INSTALLED,
};

/// What kind of host an instance is.
enum class InstanceKind : int {
    Ec2 = CDP_INSTANCE_EC2,
    OnPremises = CDP_INSTANCE_ON_PREMISES,
};

/// The state of an instance: for EC2 that of the machine (EC2 API shape InstanceStateName), for
///  on-premises hosts the registration (API shape RegistrationStatus).
enum class InstanceState : int {
    /// Not said: it is taken to be running, or registered. It has no name.
    NotSaid = CDP_INSTANCE_STATE_NOT_SAID,
    Pending = CDP_INSTANCE_STATE_PENDING,
    Running = CDP_INSTANCE_STATE_RUNNING,
    ShuttingDown = CDP_INSTANCE_STATE_SHUTTING_DOWN,
    Terminated = CDP_INSTANCE_STATE_TERMINATED,
    Stopping = CDP_INSTANCE_STATE_STOPPING,
    Stopped = CDP_INSTANCE_STATE_STOPPED,
    Registered = CDP_INSTANCE_STATE_REGISTERED,
    Deregistered = CDP_INSTANCE_STATE_DEREGISTERED,
};

/// Where an instance stands in its Auto Scaling group (Auto Scaling API shape LifecycleState, what
///  stands behind a colon left out).
enum class AutoScalingState : int {
    /// Not said: it is taken to be in service. It has no name.
    NotSaid = CDP_AUTO_SCALING_STATE_NOT_SAID,
    Pending = CDP_AUTO_SCALING_STATE_PENDING,
    InService = CDP_AUTO_SCALING_STATE_IN_SERVICE,
    Terminating = CDP_AUTO_SCALING_STATE_TERMINATING,
    Terminated = CDP_AUTO_SCALING_STATE_TERMINATED,
    Detaching = CDP_AUTO_SCALING_STATE_DETACHING,
    Detached = CDP_AUTO_SCALING_STATE_DETACHED,
    EnteringStandby = CDP_AUTO_SCALING_STATE_ENTERING_STANDBY,
    Standby = CDP_AUTO_SCALING_STATE_STANDBY,
    Warmed = CDP_AUTO_SCALING_STATE_WARMED,
    Quarantined = CDP_AUTO_SCALING_STATE_QUARANTINED,
};

/// API shape DeploymentType.
enum class DeploymentType : int {
    InPlace = CDP_DEPLOYMENT_TYPE_IN_PLACE,
    BlueGreen = CDP_DEPLOYMENT_TYPE_BLUE_GREEN,
};

/// API shape DeploymentOption.
enum class DeploymentOption : int {
    WithTrafficControl = CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL,
    WithoutTrafficControl = CDP_DEPLOYMENT_OPTION_WITHOUT_TRAFFIC_CONTROL,
};

/// What happens to the original instances (API shape InstanceAction).
enum class TerminationAction : int {
    Terminate = CDP_TERMINATION_TERMINATE,
    KeepAlive = CDP_TERMINATION_KEEP_ALIVE,
};

/// Where replacement instances come from (API shape GreenFleetProvisioningAction).
enum class GreenFleet : int {
    /// Not said.
    NotSaid = CDP_GREEN_FLEET_NOT_SAID,
    /// They are there already, and each deployment names them.
    DiscoverExisting = CDP_GREEN_FLEET_DISCOVER_EXISTING,
    /// A copy is made of the group's one Auto Scaling group.
    CopyAutoScalingGroup = CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP,
};

/// What makes a deployment roll back by itself (API shape AutoRollbackEvent).
enum class RollbackEvent : int {
    Failure = CDP_ROLLBACK_EVENT_FAILURE,
    StopOnAlarm = CDP_ROLLBACK_EVENT_STOP_ON_ALARM,
    StopOnRequest = CDP_ROLLBACK_EVENT_STOP_ON_REQUEST,
};

/// What a trigger is told of (API shape TriggerEventType).
enum class TriggerEvent : int {
    DeploymentStart = CDP_TRIGGER_DEPLOYMENT_START,
    DeploymentSuccess = CDP_TRIGGER_DEPLOYMENT_SUCCESS,
    DeploymentFailure = CDP_TRIGGER_DEPLOYMENT_FAILURE,
    DeploymentStop = CDP_TRIGGER_DEPLOYMENT_STOP,
    DeploymentRollback = CDP_TRIGGER_DEPLOYMENT_ROLLBACK,
    /// Blue/green on Server only.
    DeploymentReady = CDP_TRIGGER_DEPLOYMENT_READY,
    /// Events of instances: Server only.
    InstanceStart = CDP_TRIGGER_INSTANCE_START,
    InstanceSuccess = CDP_TRIGGER_INSTANCE_SUCCESS,
    InstanceFailure = CDP_TRIGGER_INSTANCE_FAILURE,
    /// Blue/green on Server only.
    InstanceReady = CDP_TRIGGER_INSTANCE_READY,
};

/// What a tag filter compares (API shapes EC2TagFilterType, TagFilterType).
enum class TagFilterType : int {
    /// There is a tag of this key, whatever its value.
    KeyOnly = CDP_TAG_FILTER_KEY_ONLY,
    /// Some tag has this value, whatever its key.
    ValueOnly = CDP_TAG_FILTER_VALUE_ONLY,
    /// A tag of this key has this value.
    KeyAndValue = CDP_TAG_FILTER_KEY_AND_VALUE,
};

/// What becomes of instances that are launched while a deployment runs (API shape
///  OutdatedInstancesStrategy).
enum class OutdatedStrategy : int {
    /// A deployment follows for them. The default.
    Update = CDP_OUTDATED_UPDATE,
    Ignore = CDP_OUTDATED_IGNORE,
};

/// Where a revision lies (API shape RevisionLocationType).
enum class RevisionType : int {
    S3 = CDP_REVISION_TYPE_S3,
    GitHub = CDP_REVISION_TYPE_GITHUB,
    /// Deprecated: now RevisionType::AppSpecContent.
    String = CDP_REVISION_TYPE_STRING,
    AppSpecContent = CDP_REVISION_TYPE_APPSPEC_CONTENT,
};

/// How a revision is packed (API shape BundleType).
enum class BundleType : int {
    Tar = CDP_BUNDLE_TYPE_TAR,
    Tgz = CDP_BUNDLE_TYPE_TGZ,
    Zip = CDP_BUNDLE_TYPE_ZIP,
    Yaml = CDP_BUNDLE_TYPE_YAML,
    Json = CDP_BUNDLE_TYPE_JSON,
};

/// The JSON that a group is written in.
enum class GroupShape : int {
    /// Reading: found out. An object `deploymentGroupInfo` around it, or a member that only
    ///  DeploymentGroupInfo has, make it GroupShape::Info; otherwise, and when it has `tags`,
    ///  it is GroupShape::Create. Not for writing.
    Auto = CDP_GROUP_SHAPE_AUTO,
    /// CreateDeploymentGroupInput.
    Create = CDP_GROUP_SHAPE_CREATE,
    /// DeploymentGroupInfo, as GetDeploymentGroup returns it, with or without the object
    ///  `deploymentGroupInfo` around it.
    Info = CDP_GROUP_SHAPE_INFO,
};

/// The service's limit on the tag groups of a tag set.
constexpr auto GroupTagGroupLimit = CDP_GROUP_TAG_GROUP_LIMIT;

/// One of the two deployments that the service remembers of a group.
enum class GroupLast : int {
    Successful = CDP_GROUP_LAST_SUCCESSFUL,
    Attempted = CDP_GROUP_LAST_ATTEMPTED,
};

/// A list that cdp_group_builder_clear() empties.
enum class GroupList : int {
    Ec2Filters = CDP_GROUP_LIST_EC2_FILTERS,
    OnPremisesFilters = CDP_GROUP_LIST_ON_PREMISES_FILTERS,
    AutoScalingGroups = CDP_GROUP_LIST_AUTO_SCALING_GROUPS,
    EcsServices = CDP_GROUP_LIST_ECS_SERVICES,
    /// Load balancers, target groups and the pair.
    LoadBalancers = CDP_GROUP_LIST_LOAD_BALANCERS,
    Triggers = CDP_GROUP_LIST_TRIGGERS,
    Alarms = CDP_GROUP_LIST_ALARMS,
    ResourceTags = CDP_GROUP_LIST_RESOURCE_TAGS,
};

/// Why an instance belongs to a group, or does not.
enum class MatchReason : int {
    /// It belongs: `filters` names the filter of each tag group that matches.
    Tags = CDP_MATCH_TAGS,
    /// It belongs: it is in service in the Auto Scaling group `auto_scaling_group`.
    AutoScalingGroup = CDP_MATCH_AUTO_SCALING_GROUP,
    /// Nothing in the group selects instances of this kind.
    NothingSelects = CDP_MATCH_NOTHING_SELECTS,
    /// No filter of the tag group `tag_group`, the first such one, matches, nor is it in one of the
    ///  Auto Scaling groups.
    NoFilter = CDP_MATCH_NO_FILTER,
    /// Only Auto Scaling groups select, and it is in none of them.
    NoAutoScalingGroup = CDP_MATCH_NO_AUTO_SCALING_GROUP,
    /// It is in the Auto Scaling group `auto_scaling_group`, but not in service there.
    NotInService = CDP_MATCH_NOT_IN_SERVICE,
    /// It would be selected, but it is not running.
    NotRunning = CDP_MATCH_NOT_RUNNING,
    /// Its tags match, but it is not registered (any more).
    NotRegistered = CDP_MATCH_NOT_REGISTERED,
    /// The group's platform has no instances.
    OtherPlatform = CDP_MATCH_OTHER_PLATFORM,
};

/// In place of an index: none.
constexpr auto MatchNone = CDP_MATCH_NONE;

/// What kind of deployment it is.
enum class RolloutKind : int {
    InPlace = CDP_ROLLOUT_IN_PLACE,
    /// Install on the replacement instances, reroute traffic to them, deregister the originals.
    ///  The minimum concerns the replacement instances only, in both phases. While traffic is
    ///  rerouted an instance counts as healthy once traffic was routed to it, so at most
    ///  max(1, N - M) go at a time. A single original that cannot be deregistered fails the
    ///  deployment. (User guide, page "instance health".)
    BlueGreen = CDP_ROLLOUT_BLUE_GREEN,
    /// One instance that an Auto Scaling group has launched. No minimum applies.
    Launch = CDP_ROLLOUT_LAUNCH,
    /// One instance that an Auto Scaling group is about to terminate. No minimum applies.
    Termination = CDP_ROLLOUT_TERMINATION,
};

/// How the failure budget is told.
enum class RolloutBudget : int {
    /// There is none; the minimum of healthy instances alone decides, as in CodeDeploy.
    None = CDP_ROLLOUT_BUDGET_NONE,
    /// So many failures are borne.
    Count = CDP_ROLLOUT_BUDGET_COUNT,
    /// So many percent of the instances, rounded down, from 0 to 100.
    Percent = CDP_ROLLOUT_BUDGET_PERCENT,
};

/// In place of an instance's number: none.
constexpr auto RolloutNoInstance = CDP_ROLLOUT_NO_INSTANCE;

/// Where a roll-out stands.
enum class RolloutPhase : int {
    /// Instances are still being added.
    None = CDP_ROLLOUT_PHASE_NONE,
    /// In place, launch, termination: the whole work.
    Deploy = CDP_ROLLOUT_PHASE_DEPLOY,
    /// Blue/green: installing on the replacement instances.
    Install = CDP_ROLLOUT_PHASE_INSTALL,
    /// Blue/green: everything is installed, waiting for cdp_rollout_continue().
    Ready = CDP_ROLLOUT_PHASE_READY,
    /// Blue/green: routing traffic to the replacement instances.
    Reroute = CDP_ROLLOUT_PHASE_REROUTE,
    /// Blue/green: taking traffic from the original instances.
    Deregister = CDP_ROLLOUT_PHASE_DEREGISTER,
    /// The verdict is given.
    Over = CDP_ROLLOUT_PHASE_OVER,
};

enum class RolloutVerdict : int {
    Undecided = CDP_ROLLOUT_UNDECIDED,
    Succeeded = CDP_ROLLOUT_SUCCEEDED,
    Failed = CDP_ROLLOUT_FAILED,
    Stopped = CDP_ROLLOUT_STOPPED,
};

/// Where an instance stands.
enum class RolloutState : int {
    Pending = CDP_ROLLOUT_STATE_PENDING,
    /// A decision told the host to begin; the result has not come.
    InFlight = CDP_ROLLOUT_STATE_IN_FLIGHT,
    /// Blue/green: installed, and waiting for traffic.
    Ready = CDP_ROLLOUT_STATE_READY,
    Succeeded = CDP_ROLLOUT_STATE_SUCCEEDED,
    Failed = CDP_ROLLOUT_STATE_FAILED,
    /// The roll-out ended before it was this instance's turn.
    Skipped = CDP_ROLLOUT_STATE_SKIPPED,
    /// It joined during the roll-out and was left out: for a follow-on deployment.
    Outdated = CDP_ROLLOUT_STATE_OUTDATED,
    /// Left out by `outdated_only`.
    Excluded = CDP_ROLLOUT_STATE_EXCLUDED,
    /// It left, and no longer counts (`live_membership`).
    Left = CDP_ROLLOUT_STATE_LEFT,
};

/// Why a roll-out is ended from outside.
enum class RolloutStopCause : int {
    /// StopDeployment: Stopped, MANUAL_STOP.
    Manual = CDP_ROLLOUT_STOP_MANUAL,
    /// An alarm of the group became active: Stopped, ALARM_ACTIVE.
    Alarm = CDP_ROLLOUT_STOP_ALARM,
    /// It took too long: Failed, TIMEOUT.
    Timeout = CDP_ROLLOUT_STOP_TIMEOUT,
};

/// What an Auto Scaling group is told of a launch or termination deployment.
enum class RolloutLifecycleAnswer : int {
    /// Nothing, or nothing yet.
    None = CDP_ROLLOUT_ANSWER_NONE,
    Continue = CDP_ROLLOUT_ANSWER_CONTINUE,
    /// A launch deployment that did not succeed: the instance is to be terminated.
    Abandon = CDP_ROLLOUT_ANSWER_ABANDON,
};

enum class RolloutDecisionKind : int {
    /// Begin work on `instance`: deploy, install, reroute or deregister, as `phase` says. The
    ///  instance is in flight from now on; its result is told with `attempt`.
    Start = CDP_ROLLOUT_DECISION_START,
    /// `instance` has to wait; only from cdp_rollout_held() and cdp_rollout_explain().
    Hold = CDP_ROLLOUT_DECISION_HOLD,
    /// Nothing begins before `until`; told once for each wait.
    Wait = CDP_ROLLOUT_DECISION_WAIT,
    /// `instance` will not be begun any more.
    Skip = CDP_ROLLOUT_DECISION_SKIP,
    /// `phase` begins.
    Phase = CDP_ROLLOUT_DECISION_PHASE,
    /// It is decided how the deployment ends; told once. Instances in flight may still report.
    Verdict = CDP_ROLLOUT_DECISION_VERDICT,
    /// The verdict is given and nothing is in flight any more; the last decision of all.
    Settled = CDP_ROLLOUT_DECISION_SETTLED,
    /// How an instance stands that neither waits nor was just begun; only from
    ///  cdp_rollout_explain().
    State = CDP_ROLLOUT_DECISION_STATE,
};

/// Why it was decided so. cdp_rollout_rule_name() gives the word, cdp_rollout_rule_source() where
///  the rule comes from, cdp_rollout_render() the sentence.
enum class RolloutRule : int {
    /// It is unhealthy, so nothing is lost; `limit` may be in flight at a time.
    StartUnhealthy = CDP_ROLLOUT_RULE_START_UNHEALTHY,
    /// `healthy` remain healthy and not in flight, `minimum` are needed.
    StartHealthy = CDP_ROLLOUT_RULE_START_HEALTHY,
    /// As START_UNHEALTHY, but before its zone's turn: the minimum leaves no room elsewhere.
    StartRepair = CDP_ROLLOUT_RULE_START_REPAIR,
    StartReroute = CDP_ROLLOUT_RULE_START_REROUTE,
    StartDeregister = CDP_ROLLOUT_RULE_START_DEREGISTER,
    /// `healthy` are healthy and not in flight, `minimum` have to be.
    HoldMinimum = CDP_ROLLOUT_RULE_HOLD_MINIMUM,
    /// The same in its zone; the numbers are the zone's.
    HoldZoneMinimum = CDP_ROLLOUT_RULE_HOLD_ZONE_MINIMUM,
    /// `limit`, which is max(1, N - M), are in flight.
    HoldConcurrency = CDP_ROLLOUT_RULE_HOLD_CONCURRENCY,
    /// The same in its zone; the numbers are the zone's.
    HoldZoneConcurrency = CDP_ROLLOUT_RULE_HOLD_ZONE_CONCURRENCY,
    /// `limit`, which is the option `concurrency_limit`, are in flight.
    HoldLimit = CDP_ROLLOUT_RULE_HOLD_LIMIT,
    /// Unhealthy instances are in flight, and healthy ones come after them.
    HoldUnhealthyFirst = CDP_ROLLOUT_RULE_HOLD_UNHEALTHY_FIRST,
    /// The canary batch of `limit` is not through yet.
    HoldCanary = CDP_ROLLOUT_RULE_HOLD_CANARY,
    /// The wait after the canary batch lasts until `until`.
    HoldCanaryWait = CDP_ROLLOUT_RULE_HOLD_CANARY_WAIT,
    /// The wait after `zone` lasts until `until`.
    HoldZoneWait = CDP_ROLLOUT_RULE_HOLD_ZONE_WAIT,
    /// `zone` has its turn.
    HoldZoneOrder = CDP_ROLLOUT_RULE_HOLD_ZONE_ORDER,
    /// cdp_rollout_continue() was not called yet.
    HoldReady = CDP_ROLLOUT_RULE_HOLD_READY,
    /// Others go first; the next one is `other`.
    HoldOrder = CDP_ROLLOUT_RULE_HOLD_ORDER,
    /// An original instance, and traffic is not yet on the replacement.
    HoldOriginal = CDP_ROLLOUT_RULE_HOLD_ORIGINAL,
    /// It is free to begin; cdp_rollout_decide() will say so.
    Next = CDP_ROLLOUT_RULE_NEXT,
    /// The wait after `zone` begins.
    WaitZone = CDP_ROLLOUT_RULE_WAIT_ZONE,
    /// The wait after the canary batch begins.
    WaitCanary = CDP_ROLLOUT_RULE_WAIT_CANARY,
    /// A phase begins, or how an instance stands: the phase or state says it all.
    Phase = CDP_ROLLOUT_RULE_PHASE,
    State = CDP_ROLLOUT_RULE_STATE,
    Settled = CDP_ROLLOUT_RULE_SETTLED,
    Skipped = CDP_ROLLOUT_RULE_SKIPPED,
    /// Verdicts. `succeeded` reached max(M, 1).
    EnoughSucceeded = CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED,
    NoInstances = CDP_ROLLOUT_RULE_NO_INSTANCES,
    MinimumTooLarge = CDP_ROLLOUT_RULE_MINIMUM_TOO_LARGE,
    /// The numbers are `zone`'s.
    ZoneMinimumTooLarge = CDP_ROLLOUT_RULE_ZONE_MINIMUM_TOO_LARGE,
    /// `instance` failed, at most N - failed can be healthy, more than M have to be, and some are
    ///  untried.
    MinimumReached = CDP_ROLLOUT_RULE_MINIMUM_REACHED,
    /// The same in `zone`; the numbers are the zone's.
    ZoneMinimumReached = CDP_ROLLOUT_RULE_ZONE_MINIMUM_REACHED,
    /// All were tried, and fewer than max(M, 1) succeeded.
    TooFewSucceeded = CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED,
    ZoneTooFewSucceeded = CDP_ROLLOUT_RULE_ZONE_TOO_FEW_SUCCEEDED,
    /// More than `limit` failed, the option `failure_budget`.
    BudgetSpent = CDP_ROLLOUT_RULE_BUDGET_SPENT,
    CanaryFailed = CDP_ROLLOUT_RULE_CANARY_FAILED,
    OriginalFailed = CDP_ROLLOUT_RULE_ORIGINAL_FAILED,
    StoppedManually = CDP_ROLLOUT_RULE_STOPPED_MANUALLY,
    StoppedByAlarm = CDP_ROLLOUT_RULE_STOPPED_BY_ALARM,
    TimedOut = CDP_ROLLOUT_RULE_TIMED_OUT,
};

/// Why a deployment is rolled back.
enum class RollbackCause : int {
    /// It failed (or would, if it failed now): AutoRollbackEvent DEPLOYMENT_FAILURE.
    Failure = CDP_ROLLBACK_CAUSE_FAILURE,
    /// An alarm stopped it: DEPLOYMENT_STOP_ON_ALARM.
    Alarm = CDP_ROLLBACK_CAUSE_ALARM,
    /// Somebody stopped it (StopDeployment): DEPLOYMENT_STOP_ON_REQUEST.
    Request = CDP_ROLLBACK_CAUSE_REQUEST,
    /// Somebody deploys an earlier revision again (CreateDeployment). An ordinary deployment: with
    ///  the creator `user`, without rollbackInfo.
    Manual = CDP_ROLLBACK_CAUSE_MANUAL,
};

/// How it goes back. Either way it is a new deployment with an id of its own.
enum class RollbackKind : int {
    /// Not at all.
    None = CDP_ROLLBACK_KIND_NONE,
    /// The earlier revision is deployed again.
    Redeploy = CDP_ROLLBACK_KIND_REDEPLOY,
    /// Traffic goes back to the originals, which are still there; nothing is installed, and on
    ///  Lambda and ECS no hook runs.
    Reroute = CDP_ROLLBACK_KIND_REROUTE,
};

/// Why there is no rollback. When several reasons hold, the first of this list is told;
///  RollbackRefusal::RevisionUnknown before NOT_STARTED.
enum class RollbackRefusal : int {
    /// There is one.
    None = CDP_ROLLBACK_REFUSAL_NONE,
    /// Manual: another deployment of the group is active.
    Active = CDP_ROLLBACK_REFUSAL_ACTIVE,
    /// Manual, on Lambda: the alias splits its traffic between two versions.
    SplitAlias = CDP_ROLLBACK_REFUSAL_SPLIT_ALIAS,
    /// The deployment has succeeded, which is final.
    Succeeded = CDP_ROLLBACK_REFUSAL_SUCCEEDED,
    /// CloudFormation made it: only cancelling the update of the stack takes it back.
    Cloudformation = CDP_ROLLBACK_REFUSAL_CLOUDFORMATION,
    /// It is a rollback itself.
    IsRollback = CDP_ROLLBACK_REFUSAL_IS_ROLLBACK,
    /// It is a launch or termination deployment: Auto Scaling is told the result instead.
    AutoScaling = CDP_ROLLBACK_REFUSAL_AUTO_SCALING,
    /// It was stopped because nobody continued it in time, which is neither a failure nor a
    ///  request; no traffic had moved.
    ReadyExpired = CDP_ROLLBACK_REFUSAL_READY_EXPIRED,
    /// It was stopped with autoRollbackEnabled=false.
    Declined = CDP_ROLLBACK_REFUSAL_DECLINED,
    /// Automatic rollback is switched off, or not for this cause.
    NotConfigured = CDP_ROLLBACK_REFUSAL_NOT_CONFIGURED,
    /// ECS: there is no replacement task set yet, so there is nothing to go back from.
    NothingInstalled = CDP_ROLLBACK_REFUSAL_NOTHING_INSTALLED,
    /// No earlier deployment of the group has succeeded (manual: there is none as wanted).
    NoEarlierRevision = CDP_ROLLBACK_REFUSAL_NO_EARLIER_REVISION,
    /// Originals are gone, or may be: they were told to go, and nobody said that they stayed. Traffic
    ///  cannot go back to all that had it.
    OriginalGone = CDP_ROLLBACK_REFUSAL_ORIGINAL_GONE,
    /// In place: no instance was touched, and every one runs the earlier revision.
    NotStarted = CDP_ROLLBACK_REFUSAL_NOT_STARTED,
    /// In place: what the last successful deployment of the group deployed is not known.
    RevisionUnknown = CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN,
};

/// What a deployment did with a path on its targets, as far as the host knows.
enum class RollbackFileChange : int {
    /// The new revision brought it; nothing was there.
    Created = CDP_ROLLBACK_FILE_CREATED,
    /// The earlier revision's was replaced by the new one's.
    Replaced = CDP_ROLLBACK_FILE_REPLACED,
    /// The earlier revision's was removed: the new one does not have it.
    Removed = CDP_ROLLBACK_FILE_REMOVED,
    /// Somebody else's was overwritten (fileExistsBehavior OVERWRITE).
    Overwritten = CDP_ROLLBACK_FILE_OVERWRITTEN,
    /// Somebody else's was kept (RETAIN).
    Retained = CDP_ROLLBACK_FILE_RETAINED,
    /// A script made it.
    ByScript = CDP_ROLLBACK_FILE_BY_SCRIPT,
};

/// How StopDeployment was called (API shape StopDeploymentInput, autoRollbackEnabled).
enum class RollbackStopFlag : int {
    /// Not given: the configuration decides.
    NotSaid = CDP_ROLLBACK_STOP_NOT_SAID,
    /// true: roll back, whatever is configured.
    Asked = CDP_ROLLBACK_STOP_ASKED,
    /// false: do not.
    Declined = CDP_ROLLBACK_STOP_DECLINED,
};

/// What a duration is worth.
enum class RollbackBasis : int {
    /// Nothing is known of it: the duration is -1.
    Unknown = CDP_ROLLBACK_BASIS_UNKNOWN,
    /// Exact: nothing is to be done.
    Exact = CDP_ROLLBACK_BASIS_EXACT,
    /// From typical durations.
    Estimate = CDP_ROLLBACK_BASIS_ESTIMATE,
    /// The same, but some are not known and counted as nothing: it takes at least this long.
    AtLeast = CDP_ROLLBACK_BASIS_AT_LEAST,
};

/// Whose record a text is for (API shape RollbackInfo, rollbackMessage).
enum class RollbackRecord : int {
    /// The deployment that is rolled back.
    Triggering = CDP_ROLLBACK_RECORD_TRIGGERING,
    /// The one that rolls back.
    Rollback = CDP_ROLLBACK_RECORD_ROLLBACK,
};

/// What a step does.
enum class RollbackStepKind : int {
    /// Lambda and ECS: change the weights of the production traffic.
    SetTraffic = CDP_ROLLBACK_STEP_SET_TRAFFIC,
    /// ECS: lead the test listener back to the original.
    SetTestTraffic = CDP_ROLLBACK_STEP_SET_TEST_TRAFFIC,
    /// Server: originals go through BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic.
    Allow = CDP_ROLLBACK_STEP_ALLOW,
    /// Server: replacements go through BeforeBlockTraffic, BlockTraffic, AfterBlockTraffic.
    Block = CDP_ROLLBACK_STEP_BLOCK,
    /// ECS: drain and delete the replacement task set.
    RemoveReplacement = CDP_ROLLBACK_STEP_REMOVE_REPLACEMENT,
    /// Targets go through all events of a deployment of the revision.
    Redeploy = CDP_ROLLBACK_STEP_REDEPLOY,
};

/// What becomes of a target.
enum class RollbackPart : int {
    /// The earlier revision is deployed to it.
    Redeploy = CDP_ROLLBACK_PART_REDEPLOY,
    /// An original that gets its traffic again.
    Allow = CDP_ROLLBACK_PART_ALLOW,
    /// A replacement that loses its traffic.
    Block = CDP_ROLLBACK_PART_BLOCK,
    /// Lambda and ECS: its traffic goes back.
    Reroute = CDP_ROLLBACK_PART_REROUTE,
    /// Left out: its turn never came, and it runs the earlier revision.
    Untouched = CDP_ROLLBACK_PART_UNTOUCHED,
    /// Left out: an original that has kept its traffic, or had none.
    OriginalKept = CDP_ROLLBACK_PART_ORIGINAL_KEPT,
    /// Left out: it has no traffic, and is left as it is.
    Idle = CDP_ROLLBACK_PART_IDLE,
    /// Left out: it is gone.
    Gone = CDP_ROLLBACK_PART_GONE,
};

/// What comes back, or does not.
enum class RollbackEffectKind : int {
    /// Production traffic.
    Traffic = CDP_ROLLBACK_EFFECT_TRAFFIC,
    TestTraffic = CDP_ROLLBACK_EFFECT_TEST_TRAFFIC,
    /// The earlier revision's files and application.
    Revision = CDP_ROLLBACK_EFFECT_REVISION,
    /// What the new revision installed is removed.
    FilesRemoved = CDP_ROLLBACK_EFFECT_FILES_REMOVED,
    /// A file, by name.
    File = CDP_ROLLBACK_EFFECT_FILE,
    /// What scripts or hook functions did.
    Scripts = CDP_ROLLBACK_EFFECT_SCRIPTS,
    /// Files that scripts made stay; where the earlier revision has its own at the same path, they
    ///  are in the way.
    ScriptFiles = CDP_ROLLBACK_EFFECT_SCRIPT_FILES,
    /// What a file held that the deployment overwrote.
    Overwritten = CDP_ROLLBACK_EFFECT_OVERWRITTEN,
    /// A file that the deployment kept stays.
    Retained = CDP_ROLLBACK_EFFECT_RETAINED,
    /// An original that is gone.
    Terminated = CDP_ROLLBACK_EFFECT_TERMINATED,
    /// What the replacement answered.
    Served = CDP_ROLLBACK_EFFECT_SERVED,
    /// Something of the new revision that stays: a published version, replacement instances.
    LeftBehind = CDP_ROLLBACK_EFFECT_LEFT_BEHIND,
    /// The revision is gone: the rollback fails.
    RevisionMissing = CDP_ROLLBACK_EFFECT_REVISION_MISSING,
    /// More instances have to stay healthy than there are: the rollback fails at once.
    MinimumTooLarge = CDP_ROLLBACK_EFFECT_MINIMUM_TOO_LARGE,
    /// Manual: there is no instance to deploy to: the redeploy fails.
    NoInstances = CDP_ROLLBACK_EFFECT_NO_INSTANCES,
};

/// Which tree a path belongs to.
enum class FileRoot : int {
    /// The unpacked revision (the agent's `deployment-archive`). Only read.
    Revision = CDP_FS_REVISION,
    /// The machine that is deployed to: `/`, or the directory given for a trial.
    Destination = CDP_FS_DESTINATION,
    /// The library's own records of one group: plan, cleanup record, journal.
    State = CDP_FS_STATE,
};

/// What is found at a path.
enum class FileKind : int {
    Absent = CDP_FS_ABSENT,
    Regular = CDP_FS_REGULAR,
    Directory = CDP_FS_DIRECTORY,
    Symlink = CDP_FS_SYMLINK,
    /// A device, FIFO or socket.
    Other = CDP_FS_OTHER,
};

/// What keeps a path from being changed, to be added up.
enum class FsObstacle : int {
    /// Something is mounted there: it can be neither renamed nor removed.
    MountPoint = CDP_FS_MOUNT_POINT,
    /// It cannot be changed, renamed or removed, by anybody (`chattr +i`, `chattr +a`).
    Immutable = CDP_FS_IMMUTABLE,
    /// A directory in which this process can make or remove nothing: of a read-only file system,
    ///  immutable, or closed to this user.
    ReadOnly = CDP_FS_READ_ONLY,
};

/// What a copy of a regular file keeps of its source, to be added up.
enum class FileKeep : int {
    /// Permission bits (07777), whatever the umask. Without it: 0600.
    Mode = CDP_FS_KEEP_MODE,
    /// Time of last change of content, as exactly as the file system can.
    Times = CDP_FS_KEEP_TIMES,
    /// Numeric owner and group where the process may; silently not where it may not, and set-id
    ///  bits are then not kept either.
    Owner = CDP_FS_KEEP_OWNER,
    /// Extended attributes and ACLs where both sides have them; silently not elsewhere.
    Attributes = CDP_FS_KEEP_ATTRIBUTES,
};

/// What one entry of a cleanup record asks for.
enum class InstallRecordKind : int {
    /// Remove a file or link, or a directory if it is empty.
    Path = CDP_INSTALL_RECORD_PATH,
    /// Remove the SELinux policy's entry for a path (`semanage` in the file).
    Context = CDP_INSTALL_RECORD_CONTEXT,
};

/// How an install is carried out.
enum class InstallMode : int {
    /// Everything is staged and can be undone; links in the revision are installed as links; what
    ///  cannot succeed is refused before anything is touched.
    Transactional = CDP_INSTALL_TRANSACTIONAL,
    /// The official agent's order and its readings, also where they are unwise: the old release is
    ///  removed first, links to directories in the revision are followed.
    Compatible = CDP_INSTALL_COMPATIBLE,
};

/// The types of instructions; the names are those of `install.json`.
enum class InstallInstructionType : int {
    Copy = CDP_INSTALL_COPY,
    Mkdir = CDP_INSTALL_MKDIR,
    Chmod = CDP_INSTALL_CHMOD,
    Setfacl = CDP_INSTALL_SETFACL,
    Semanage = CDP_INSTALL_SEMANAGE,
    Chown = CDP_INSTALL_CHOWN,
};

/// Which of the three is written.
enum class InstallForm : int {
    /// As cdp_install_plan_write_instructions().
    Json = CDP_INSTALL_FORM_JSON,
    /// As cdp_install_plan_write_text().
    Text = CDP_INSTALL_FORM_TEXT,
    /// As cdp_install_plan_write_record().
    Record = CDP_INSTALL_FORM_RECORD,
};

/// How hard an install tries to survive a loss of power. A crash of the process alone is survived
///  with any of these.
enum class InstallDurability : int {
    /// Everything is flushed before what depends on it.
    Durable = CDP_INSTALL_DURABLE,
    /// Nothing but the journal is flushed: faster, and for trees that can be made again.
    Volatile = CDP_INSTALL_VOLATILE,
};

/// Where an install stands.
enum class InstallState : int {
    /// Nothing is done yet.
    Ready = CDP_INSTALL_READY,
    Staging = CDP_INSTALL_STAGING,
    Swapping = CDP_INSTALL_SWAPPING,
    /// The new tree is in place; the old one is kept.
    Committed = CDP_INSTALL_COMMITTED,
    /// Being undone, or undoing failed half-way: recovery will finish it.
    Undoing = CDP_INSTALL_UNDOING,
    /// The old tree is in place, as before. Final.
    Undone = CDP_INSTALL_UNDONE,
    /// The new tree is in place and the old one is gone. Final.
    Kept = CDP_INSTALL_KEPT,
    /// Mode compatible: stopped by an error half-way. Final.
    Broken = CDP_INSTALL_BROKEN,
};

/// What recovery does with an install that was committed but neither kept nor reverted.
enum class InstallChoice : int {
    Keep = CDP_INSTALL_CHOOSE_KEEP,
    Revert = CDP_INSTALL_CHOOSE_REVERT,
};

/// What recovery found and did.
enum class InstallOutcome : int {
    /// There was no journal.
    NothingToRecover = CDP_INSTALL_NOTHING_TO_RECOVER,
    /// The old tree is in place.
    RecoveredOld = CDP_INSTALL_RECOVERED_OLD,
    /// The new tree is in place.
    RecoveredNew = CDP_INSTALL_RECOVERED_NEW,
};

/// In place of a target's number: none.
constexpr auto DeploymentNoTarget = CDP_DEPLOYMENT_NO_TARGET;

/// In place of the index of an event in a target's plan: none.
constexpr auto DeploymentNoEvent = CDP_DEPLOYMENT_NO_EVENT;

/// What an active alarm does.
enum class AlarmPolicy : int {
    /// It stops the deployment, also when it was active before (CodeDeploy's rule).
    Any = CDP_ALARM_POLICY_ANY,
    /// Only one that becomes active while the deployment runs does: an alarm that is active at the
    ///  start counts from the moment that it was seen not to be. So a firing alarm does not block the
    ///  fix.
    OnlyNew = CDP_ALARM_POLICY_ONLY_NEW,
    /// Nothing; alarms are not even asked for.
    Ignore = CDP_ALARM_POLICY_IGNORE,
};

enum class DeploymentInputKind : int {
    /// Nothing but the time.
    Time = CDP_DEPLOYMENT_INPUT_TIME,
    /// `instance` is a target. Before the start any number of them; while the replacement
    ///  environment is being provisioned its instances; later one that joined. Server.
    Target = CDP_DEPLOYMENT_INPUT_TARGET,
    /// Created ends, work begins. Once.
    Start = CDP_DEPLOYMENT_INPUT_START,
    /// The action `token` came out as `outcome`, with `error` and `message` for hooks and steps of
    ///  a target, and `code` when the host knows better which of the API's codes it is.
    Answer = CDP_DEPLOYMENT_INPUT_ANSWER,
    /// The action `token` has begun (`host_begins_events`).
    Begun = CDP_DEPLOYMENT_INPUT_BEGUN,
    /// StopDeployment, with `answer` for autoRollbackEnabled. Once more while what was stopped is
    ///  ending, it changes only what was said of the rollback: the last `answer` counts,
    ///  DeploymentFlag::NotSaid says nothing. One that is ending for another reason (it failed, saw an
    ///  alarm, succeeded) can be stopped no more: whether that is rolled back is the group's to say.
    Stop = CDP_DEPLOYMENT_INPUT_STOP,
    /// ContinueDeployment for `wait`: READY_WAIT, TERMINATION_WAIT; WaitType::None for whatever is
    ///  waited for: a gate, the rest of a traffic step, a zone, a canary batch.
    Continue = CDP_DEPLOYMENT_INPUT_CONTINUE,
    /// The alarm `name` is in `alarm_state`. Between the action that asks and its answer, or
    ///  whenever the host hears of it.
    Alarm = CDP_DEPLOYMENT_INPUT_ALARM,
    /// Something outside makes the deployment fail with `code` and `message`: the replacement task
    ///  set is unhealthy (ECS_UPDATE_ERROR), the revision is gone (REVISION_MISSING) …
    Fail = CDP_DEPLOYMENT_INPUT_FAIL,
    /// Nothing more will be heard from `target`. Server.
    Lost = CDP_DEPLOYMENT_INPUT_LOST,
    /// `target` went away for good. Server.
    Left = CDP_DEPLOYMENT_INPUT_LEFT,
    /// `target` lost what was installed on it, and is there again. Server.
    Restarted = CDP_DEPLOYMENT_INPUT_RESTARTED,
    /// `whole_targets`: event number `event` of `target` is now in `event_status` (InProgress,
    ///  Succeeded or Failed), with `error` and `message`.
    Event = CDP_DEPLOYMENT_INPUT_EVENT,
    /// The deployment that rolls this one back has the id `name`; absent: it could not be made, for
    ///  the reason in `message`. Only after the end of one that has not succeeded, and once an id was
    ///  told no other.
    RolledBack = CDP_DEPLOYMENT_INPUT_ROLLED_BACK,
    /// The deployment that follows for outdated instances has the id `name`. Only after the end,
    ///  and no other id later.
    Followed = CDP_DEPLOYMENT_INPUT_FOLLOWED,
    /// Something went wrong at the host that is of no consequence, or of one that shows elsewhere (a
    ///  notification, a save, the reading of an alarm): kept in the changes, with `host_status` and
    ///  `message`, before which stands the `name` of what it was about, if any.
    Trouble = CDP_DEPLOYMENT_INPUT_TROUBLE,
};

/// How an action came out.
enum class DeploymentOutcome : int {
    Done = CDP_DEPLOYMENT_DONE,
    Failed = CDP_DEPLOYMENT_FAILED,
};

/// A question that may stay open.
enum class DeploymentFlag : int {
    NotSaid = CDP_DEPLOYMENT_NOT_SAID,
    Yes = CDP_DEPLOYMENT_YES,
    No = CDP_DEPLOYMENT_NO,
};

/// What is known of an alarm.
enum class AlarmState : int {
    /// Nothing.
    Unknown = CDP_ALARM_STATE_UNKNOWN,
    /// `OK`, and also INSUFFICIENT_DATA: it is not in ALARM.
    Ok = CDP_ALARM_STATE_OK,
    Alarm = CDP_ALARM_STATE_ALARM,
    /// It was asked for, and could not be read.
    Unreadable = CDP_ALARM_STATE_UNREADABLE,
};

enum class DeploymentActionKind : int {
    /// Run the scripts of `event` on `target` (Server), or invoke the function `hook` with the
    ///  deployment's id and `token` (Lambda, ECS): it is answered when the scripts have ended, or
    ///  when somebody reports the function's verdict (PutLifecycleEventHookExecutionStatus).
    RunHook = CDP_DEPLOYMENT_ACTION_RUN_HOOK,
    /// Server: get and unpack the revision on `target`.
    Download = CDP_DEPLOYMENT_ACTION_DOWNLOAD,
    /// Server: install its files on `target`.
    Install = CDP_DEPLOYMENT_ACTION_INSTALL,
    /// Server: deregister `target` from the load balancer.
    BlockTraffic = CDP_DEPLOYMENT_ACTION_BLOCK_TRAFFIC,
    /// Server: register `target`, and wait until it is healthy there.
    AllowTraffic = CDP_DEPLOYMENT_ACTION_ALLOW_TRAFFIC,
    /// Lambda, ECS: give the replacement `weight` and the original `original_weight` percent of the
    ///  production traffic, on every route.
    SetTraffic = CDP_DEPLOYMENT_ACTION_SET_TRAFFIC,
    /// ECS: the same for the test listener.
    SetTestTraffic = CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC,
    /// ECS: create the replacement task set; done when its tasks are healthy.
    CreateTaskSet = CDP_DEPLOYMENT_ACTION_CREATE_TASK_SET,
    /// ECS: remove the original's task set (`original` 1) or the replacement's.
    DeleteTaskSet = CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET,
    /// `whole_targets`: deploy to `target`; the phase says what (roll-out).
    DeployTarget = CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET,
    /// Server, blue/green: make the replacement instances (COPY_AUTO_SCALING_GROUP), put each in
    ///  with DeploymentInputKind::Target, then answer.
    Provision = CDP_DEPLOYMENT_ACTION_PROVISION,
    /// Server, blue/green: terminate the original instance `target`.
    Terminate = CDP_DEPLOYMENT_ACTION_TERMINATE,
    /// Read the alarms' states: put each in with DeploymentInputKind::Alarm, then answer. One that
    ///  was not told by then counts as unreadable.
    PollAlarms = CDP_DEPLOYMENT_ACTION_POLL_ALARMS,
    /// Tell the trigger's topic: <codedeploy/records.h> has the message.
    Notify = CDP_DEPLOYMENT_ACTION_NOTIFY,
    /// Keep a snapshot (cdp_deployment_snapshot()).
    Save = CDP_DEPLOYMENT_ACTION_SAVE,
    /// End what the action `cancels` has begun; answered when nothing of it runs any more.
    Cancel = CDP_DEPLOYMENT_ACTION_CANCEL,
    /// Make the deployment that rolls this one back (cdp_deployment_plan_rollback(),
    ///  cdp_deployment_new_rollback()), and tell its id with DeploymentInputKind::RolledBack. The
    ///  last action but notifications.
    RollBack = CDP_DEPLOYMENT_ACTION_ROLL_BACK,
    /// Make a deployment (creator CodeDeployAutoUpdate) for the instances that joined meanwhile:
    ///  cdp_rollout_outdated_next().
    FollowUp = CDP_DEPLOYMENT_ACTION_FOLLOW_UP,
    /// Launch and termination deployments: tell the Auto Scaling group `lifecycle_answer`; NONE is a
    ///  heartbeat, due every 5 minutes.
    AutoScaling = CDP_DEPLOYMENT_ACTION_AUTO_SCALING,
};

enum class DeploymentChangeKind : int {
    /// The deployment's `status`; at the end with `code` and `message`.
    Status = CDP_DEPLOYMENT_CHANGE_STATUS,
    /// The target's `target_status`.
    Target = CDP_DEPLOYMENT_CHANGE_TARGET,
    /// The event's `event_status`; with `error` and `message` when it failed.
    Event = CDP_DEPLOYMENT_CHANGE_EVENT,
    /// The production traffic is now `weight` on the replacement.
    Traffic = CDP_DEPLOYMENT_CHANGE_TRAFFIC,
    /// The test traffic is.
    TestTraffic = CDP_DEPLOYMENT_CHANGE_TEST_TRAFFIC,
    /// A wait begins (`until_ms`, INT64_MAX for a gate), and ends. Between two steps of traffic its
    ///  end is told only when somebody continued it: otherwise it is the next weight. The end of the
    ///  deployment ends all waits.
    WaitBegan = CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN,
    WaitEnded = CDP_DEPLOYMENT_CHANGE_WAIT_ENDED,
    /// The alarm `name` is in `alarm_state`.
    Alarm = CDP_DEPLOYMENT_CHANGE_ALARM,
    /// A decision of the roll-out that is no start: `rule`, with the sentence in
    ///  cdp_deployment_render_change().
    Decision = CDP_DEPLOYMENT_CHANGE_DECISION,
    /// It is being stopped; what is running is being ended.
    Stopping = CDP_DEPLOYMENT_CHANGE_STOPPING,
    /// It will be rolled back, or would have been but for `message`.
    Rollback = CDP_DEPLOYMENT_CHANGE_ROLLBACK,
    /// Trouble at the host that is of no consequence by itself: `host_status` and `message`.
    Trouble = CDP_DEPLOYMENT_CHANGE_TROUBLE,
    /// An original instance was terminated, or the task set removed.
    Terminated = CDP_DEPLOYMENT_CHANGE_TERMINATED,
};

/// What is waited for.
enum class DeploymentWait : int {
    None = CDP_DEPLOYMENT_WAIT_NONE,
    /// READY_WAIT
    Ready = CDP_DEPLOYMENT_WAIT_READY,
    /// TERMINATION_WAIT
    Termination = CDP_DEPLOYMENT_WAIT_TERMINATION,
    /// Between two steps of a traffic schedule.
    Traffic = CDP_DEPLOYMENT_WAIT_TRAFFIC,
    /// At a gate of a traffic schedule.
    Gate = CDP_DEPLOYMENT_WAIT_GATE,
    /// After a zone, or after a canary batch.
    Rollout = CDP_DEPLOYMENT_WAIT_ROLLOUT,
};

/// How the message of a notification is written: the guide and the service do not agree.
enum class NotificationShape : int {
    /// As the user guide shows it.
    Guide = CDP_NOTIFICATION_SHAPE_GUIDE,
    /// As the service was seen to send it.
    Service = CDP_NOTIFICATION_SHAPE_SERVICE,
};

/// The name of a status as it is spelt in this header (`"CDP_ERR_NOMEM"`).
/// @return static text; `"CDP_ERR_HOST_FIRST"` for a host's own codes, `"unknown"` for others.
inline std::string_view name(Status value)
{
    return detail::view(cdp_status_name(static_cast<cdp_status>(value)));
}

/// One sentence in plain words for a status; static text.
inline std::string_view message(Status value)
{
    return detail::view(cdp_status_message(static_cast<cdp_status>(value)));
}

/// `"note"`, `"warning"`, `"error"`; `"unknown"` for anything else. Static text.
inline std::string_view name(Severity value)
{
    return detail::view(cdp_severity_name(static_cast<cdp_severity>(value)));
}

/// The API's spelling of a platform: `"Server"`, `"Lambda"`, `"ECS"`.
/// @return static text; `"auto"` for Platform::Auto, `"unknown"` for anything else.
inline std::string_view name(Platform value)
{
    return detail::view(cdp_platform_name(static_cast<cdp_platform>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<Platform> from_name<Platform>(std::string_view name)
{
    cdp_platform value = cdp_platform();
    if (cdp_platform_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<Platform>(value);
}

/// The API's spelling, `"DISALLOW"`; `"unset"` for FileExistsBehavior::Unset, else `"unknown"`.
inline std::string_view name(FileExistsBehavior value)
{
    return detail::view(cdp_file_exists_behavior_name(static_cast<cdp_file_exists_behavior>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<FileExistsBehavior> from_name<FileExistsBehavior>(std::string_view name)
{
    cdp_file_exists_behavior value = cdp_file_exists_behavior();
    if (cdp_file_exists_behavior_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<FileExistsBehavior>(value);
}

/// The API's spelling, `"HOST_COUNT"`; `"none"` for 0, `"unknown"` for anything else. Static.
inline std::string_view name(MinimumType value)
{
    return detail::view(cdp_minimum_type_name(static_cast<cdp_minimum_type>(value)));
}

/// The API's spelling, `"TimeBasedCanary"`; `"none"` for 0, `"unknown"` otherwise. Static.
inline std::string_view name(TrafficType value)
{
    return detail::view(cdp_traffic_type_name(static_cast<cdp_traffic_type>(value)));
}

/// `"unknown"` for Event::Custom, whose name the plan holds.
inline std::string_view name(Event value)
{
    return detail::view(cdp_event_name(static_cast<cdp_event>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<Event> from_name<Event>(std::string_view name)
{
    cdp_event value = cdp_event();
    if (cdp_event_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<Event>(value);
}

inline std::string_view name(EventStatus value)
{
    return detail::view(cdp_event_status_name(static_cast<cdp_event_status>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<EventStatus> from_name<EventStatus>(std::string_view name)
{
    cdp_event_status value = cdp_event_status();
    if (cdp_event_status_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<EventStatus>(value);
}

inline std::string_view name(TargetStatus value)
{
    return detail::view(cdp_target_status_name(static_cast<cdp_target_status>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<TargetStatus> from_name<TargetStatus>(std::string_view name)
{
    cdp_target_status value = cdp_target_status();
    if (cdp_target_status_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<TargetStatus>(value);
}

inline std::string_view name(DeploymentStatus value)
{
    return detail::view(cdp_deployment_status_name(static_cast<cdp_deployment_status>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentStatus> from_name<DeploymentStatus>(std::string_view name)
{
    cdp_deployment_status value = cdp_deployment_status();
    if (cdp_deployment_status_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentStatus>(value);
}

inline std::string_view name(EventError value)
{
    return detail::view(cdp_event_error_name(static_cast<cdp_event_error>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<EventError> from_name<EventError>(std::string_view name)
{
    cdp_event_error value = cdp_event_error();
    if (cdp_event_error_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<EventError>(value);
}

inline std::string_view name(DeploymentCreator value)
{
    return detail::view(cdp_deployment_creator_name(static_cast<cdp_deployment_creator>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentCreator> from_name<DeploymentCreator>(std::string_view name)
{
    cdp_deployment_creator value = cdp_deployment_creator();
    if (cdp_deployment_creator_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentCreator>(value);
}

inline std::string_view name(WaitType value)
{
    return detail::view(cdp_wait_type_name(static_cast<cdp_wait_type>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<WaitType> from_name<WaitType>(std::string_view name)
{
    cdp_wait_type value = cdp_wait_type();
    if (cdp_wait_type_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<WaitType>(value);
}

inline std::string_view name(ReadyAction value)
{
    return detail::view(cdp_ready_action_name(static_cast<cdp_ready_action>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<ReadyAction> from_name<ReadyAction>(std::string_view name)
{
    cdp_ready_action value = cdp_ready_action();
    if (cdp_ready_action_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<ReadyAction>(value);
}

inline std::string_view name(StopStatus value)
{
    return detail::view(cdp_stop_status_name(static_cast<cdp_stop_status>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<StopStatus> from_name<StopStatus>(std::string_view name)
{
    cdp_stop_status value = cdp_stop_status();
    if (cdp_stop_status_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<StopStatus>(value);
}

inline std::string_view name(ErrorCode value)
{
    return detail::view(cdp_error_code_name(static_cast<cdp_error_code>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<ErrorCode> from_name<ErrorCode>(std::string_view name)
{
    cdp_error_code value = cdp_error_code();
    if (cdp_error_code_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<ErrorCode>(value);
}

/// `"in-place"`, `"blue-green-replacement"` …; `"unknown"` for anything else. Static text.
inline std::string_view name(Scenario value)
{
    return detail::view(cdp_scenario_name(static_cast<cdp_scenario>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<Scenario> from_name<Scenario>(std::string_view name)
{
    cdp_scenario value = cdp_scenario();
    if (cdp_scenario_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<Scenario>(value);
}

/// `"none"`, `"current"`, `"last-successful"`, `"most-recent"`, `"unknown"`. Static text.
inline std::string_view name(RevisionSource value)
{
    return detail::view(cdp_revision_source_name(static_cast<cdp_revision_source>(value)));
}

/// `"none"`, `"event-failed"`, `"start-limit"` …; `"unknown"`. Static text.
inline std::string_view name(LifecycleReason value)
{
    return detail::view(cdp_lifecycle_reason_name(static_cast<cdp_lifecycle_reason>(value)));
}

/// A sentence for people; static text, empty for LifecycleReason::None.
inline std::string_view message(LifecycleReason value)
{
    return detail::view(cdp_lifecycle_reason_message(static_cast<cdp_lifecycle_reason>(value)));
}

/// `"Unhealthy"`, `"Healthy"`; `"unknown"` for anything else. Static text.
inline std::string_view name(InstanceHealth value)
{
    return detail::view(cdp_instance_health_name(static_cast<cdp_instance_health>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<InstanceHealth> from_name<InstanceHealth>(std::string_view name)
{
    cdp_instance_health value = cdp_instance_health();
    if (cdp_instance_health_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<InstanceHealth>(value);
}

/// `"Unknown"`, `"Old"`, `"Current"`; `"unknown"` for anything else. Static text.
inline std::string_view name(RevisionHealth value)
{
    return detail::view(cdp_revision_health_name(static_cast<cdp_revision_health>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<RevisionHealth> from_name<RevisionHealth>(std::string_view name)
{
    cdp_revision_health value = cdp_revision_health();
    if (cdp_revision_health_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<RevisionHealth>(value);
}

/// `"EC2"`, `"onPremises"`.
inline std::string_view name(InstanceKind value)
{
    return detail::view(cdp_instance_kind_name(static_cast<cdp_instance_kind>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<InstanceKind> from_name<InstanceKind>(std::string_view name)
{
    cdp_instance_kind value = cdp_instance_kind();
    if (cdp_instance_kind_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<InstanceKind>(value);
}

/// `"running"`, `"shutting-down"`, `"Registered"` and so on.
inline std::string_view name(InstanceState value)
{
    return detail::view(cdp_instance_state_name(static_cast<cdp_instance_state>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<InstanceState> from_name<InstanceState>(std::string_view name)
{
    cdp_instance_state value = cdp_instance_state();
    if (cdp_instance_state_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<InstanceState>(value);
}

/// `"Pending"`, `"InService"` and so on.
inline std::string_view name(AutoScalingState value)
{
    return detail::view(cdp_auto_scaling_state_name(static_cast<cdp_auto_scaling_state>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<AutoScalingState> from_name<AutoScalingState>(std::string_view name)
{
    cdp_auto_scaling_state value = cdp_auto_scaling_state();
    if (cdp_auto_scaling_state_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<AutoScalingState>(value);
}

/// `"IN_PLACE"`, `"BLUE_GREEN"`.
inline std::string_view name(DeploymentType value)
{
    return detail::view(cdp_deployment_type_name(static_cast<cdp_deployment_type>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentType> from_name<DeploymentType>(std::string_view name)
{
    cdp_deployment_type value = cdp_deployment_type();
    if (cdp_deployment_type_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentType>(value);
}

/// `"WITH_TRAFFIC_CONTROL"`, `"WITHOUT_TRAFFIC_CONTROL"`.
inline std::string_view name(DeploymentOption value)
{
    return detail::view(cdp_deployment_option_name(static_cast<cdp_deployment_option>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentOption> from_name<DeploymentOption>(std::string_view name)
{
    cdp_deployment_option value = cdp_deployment_option();
    if (cdp_deployment_option_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentOption>(value);
}

/// `"TERMINATE"`, `"KEEP_ALIVE"`.
inline std::string_view name(TerminationAction value)
{
    return detail::view(cdp_termination_action_name(static_cast<cdp_termination_action>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<TerminationAction> from_name<TerminationAction>(std::string_view name)
{
    cdp_termination_action value = cdp_termination_action();
    if (cdp_termination_action_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<TerminationAction>(value);
}

/// `"DISCOVER_EXISTING"`, `"COPY_AUTO_SCALING_GROUP"`.
inline std::string_view name(GreenFleet value)
{
    return detail::view(cdp_green_fleet_name(static_cast<cdp_green_fleet>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<GreenFleet> from_name<GreenFleet>(std::string_view name)
{
    cdp_green_fleet value = cdp_green_fleet();
    if (cdp_green_fleet_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<GreenFleet>(value);
}

/// `"DEPLOYMENT_FAILURE"`, `"DEPLOYMENT_STOP_ON_ALARM"`, `"DEPLOYMENT_STOP_ON_REQUEST"`.
inline std::string_view name(RollbackEvent value)
{
    return detail::view(cdp_rollback_event_name(static_cast<cdp_rollback_event>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<RollbackEvent> from_name<RollbackEvent>(std::string_view name)
{
    cdp_rollback_event value = cdp_rollback_event();
    if (cdp_rollback_event_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<RollbackEvent>(value);
}

/// `"DeploymentStart"` and so on.
inline std::string_view name(TriggerEvent value)
{
    return detail::view(cdp_trigger_event_name(static_cast<cdp_trigger_event>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<TriggerEvent> from_name<TriggerEvent>(std::string_view name)
{
    cdp_trigger_event value = cdp_trigger_event();
    if (cdp_trigger_event_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<TriggerEvent>(value);
}

/// `"KEY_ONLY"`, `"VALUE_ONLY"`, `"KEY_AND_VALUE"`.
inline std::string_view name(TagFilterType value)
{
    return detail::view(cdp_tag_filter_type_name(static_cast<cdp_tag_filter_type>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<TagFilterType> from_name<TagFilterType>(std::string_view name)
{
    cdp_tag_filter_type value = cdp_tag_filter_type();
    if (cdp_tag_filter_type_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<TagFilterType>(value);
}

/// `"UPDATE"`, `"IGNORE"`.
inline std::string_view name(OutdatedStrategy value)
{
    return detail::view(cdp_outdated_strategy_name(static_cast<cdp_outdated_strategy>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<OutdatedStrategy> from_name<OutdatedStrategy>(std::string_view name)
{
    cdp_outdated_strategy value = cdp_outdated_strategy();
    if (cdp_outdated_strategy_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<OutdatedStrategy>(value);
}

/// `"S3"`, `"GitHub"`, `"String"`, `"AppSpecContent"`.
inline std::string_view name(RevisionType value)
{
    return detail::view(cdp_revision_type_name(static_cast<cdp_revision_type>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<RevisionType> from_name<RevisionType>(std::string_view name)
{
    cdp_revision_type value = cdp_revision_type();
    if (cdp_revision_type_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<RevisionType>(value);
}

/// `"tar"`, `"tgz"`, `"zip"`, `"YAML"`, `"JSON"`.
inline std::string_view name(BundleType value)
{
    return detail::view(cdp_bundle_type_name(static_cast<cdp_bundle_type>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<BundleType> from_name<BundleType>(std::string_view name)
{
    cdp_bundle_type value = cdp_bundle_type();
    if (cdp_bundle_type_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<BundleType>(value);
}

/// A word for it, `"Tags"`, `"NotRunning"`; `"unknown"` for anything else. Static text.
inline std::string_view name(MatchReason value)
{
    return detail::view(cdp_match_reason_name(static_cast<cdp_match_reason>(value)));
}

/// `"InPlace"` … and so on: names of the enumerators for output; `"unknown"` for values that are
///  none. States are named as the API names a target's status (TargetStatus) where it has one:
///  `"Pending"`, `"InProgress"`, `"Ready"`, `"Succeeded"`, `"Failed"`, `"Skipped"`; verdicts as
///  DeploymentStatus: `"Succeeded"`, `"Failed"`, `"Stopped"`. Static text.
inline std::string_view name(RolloutKind value)
{
    return detail::view(cdp_rollout_kind_name(static_cast<cdp_rollout_kind>(value)));
}

inline std::string_view name(RolloutPhase value)
{
    return detail::view(cdp_rollout_phase_name(static_cast<cdp_rollout_phase>(value)));
}

inline std::string_view name(RolloutVerdict value)
{
    return detail::view(cdp_rollout_verdict_name(static_cast<cdp_rollout_verdict>(value)));
}

inline std::string_view name(RolloutState value)
{
    return detail::view(cdp_rollout_state_name(static_cast<cdp_rollout_state>(value)));
}

/// `"CONTINUE"`, `"ABANDON"`; `"none"`.
inline std::string_view name(RolloutLifecycleAnswer value)
{
    return detail::view(cdp_rollout_lifecycle_answer_name(static_cast<cdp_rollout_lifecycle_answer>(value)));
}

inline std::string_view name(RolloutDecisionKind value)
{
    return detail::view(cdp_rollout_decision_kind_name(static_cast<cdp_rollout_decision_kind>(value)));
}

inline std::string_view name(RolloutRule value)
{
    return detail::view(cdp_rollout_rule_name(static_cast<cdp_rollout_rule>(value)));
}

/// Where a rule comes from; static text, NULL for values that are none.
inline std::string_view source(RolloutRule value)
{
    return detail::view(cdp_rollout_rule_source(static_cast<cdp_rollout_rule>(value)));
}

/// `"failure"`, `"alarm"`, `"request"`, `"manual"`.
inline std::string_view name(RollbackCause value)
{
    return detail::view(cdp_rollback_cause_name(static_cast<cdp_rollback_cause>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<RollbackCause> from_name<RollbackCause>(std::string_view name)
{
    cdp_rollback_cause value = cdp_rollback_cause();
    if (cdp_rollback_cause_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<RollbackCause>(value);
}

/// `"none"`, `"redeploy"`, `"reroute"`.
inline std::string_view name(RollbackKind value)
{
    return detail::view(cdp_rollback_kind_name(static_cast<cdp_rollback_kind>(value)));
}

/// `"none"`, `"active"` and so on.
inline std::string_view name(RollbackRefusal value)
{
    return detail::view(cdp_rollback_refusal_name(static_cast<cdp_rollback_refusal>(value)));
}

/// One sentence; static text, empty for RollbackRefusal::None and for values that are none.
inline std::string_view message(RollbackRefusal value)
{
    return detail::view(cdp_rollback_refusal_message(static_cast<cdp_rollback_refusal>(value)));
}

/// Where the rule comes from; static text, NULL as above.
inline std::string_view source(RollbackRefusal value)
{
    return detail::view(cdp_rollback_refusal_source(static_cast<cdp_rollback_refusal>(value)));
}

/// `"created"`, `"replaced"`, `"removed"`, `"overwritten"`, `"retained"`, `"by-script"`.
inline std::string_view name(RollbackFileChange value)
{
    return detail::view(cdp_rollback_file_change_name(static_cast<cdp_rollback_file_change>(value)));
}

/// `"not-said"`, `"asked"`, `"declined"`.
inline std::string_view name(RollbackStopFlag value)
{
    return detail::view(cdp_rollback_stop_flag_name(static_cast<cdp_rollback_stop_flag>(value)));
}

/// `"unknown"`, `"exact"`, `"estimate"`, `"at-least"`.
inline std::string_view name(RollbackBasis value)
{
    return detail::view(cdp_rollback_basis_name(static_cast<cdp_rollback_basis>(value)));
}

/// `"set-traffic"`, `"set-test-traffic"`, `"allow"`, `"block"`, `"remove-replacement"`,
///  `"redeploy"`.
inline std::string_view name(RollbackStepKind value)
{
    return detail::view(cdp_rollback_step_kind_name(static_cast<cdp_rollback_step_kind>(value)));
}

/// `"redeploy"`, `"allow"`, `"block"`, `"reroute"`, `"untouched"`, `"original-kept"`,
///  `"idle"`, `"gone"`.
inline std::string_view name(RollbackPart value)
{
    return detail::view(cdp_rollback_part_name(static_cast<cdp_rollback_part>(value)));
}

/// Why it takes part, or why not: one sentence; static text, empty for values that are none.
inline std::string_view message(RollbackPart value)
{
    return detail::view(cdp_rollback_part_message(static_cast<cdp_rollback_part>(value)));
}

/// `"traffic"`, `"test-traffic"`, `"revision"`, `"files-removed"`, `"file"`; `"scripts"`,
///  `"script-files"`, `"overwritten"`, `"retained"`, `"terminated"`, `"served"`, `"left-behind"`,
///  `"revision-missing"`, `"minimum-too-large"`,
///  `"no-instances"`.
inline std::string_view name(RollbackEffectKind value)
{
    return detail::view(cdp_rollback_effect_kind_name(static_cast<cdp_rollback_effect_kind>(value)));
}

/// `"absent"`, `"file"`, `"directory"`, `"link"`, `"other"`; `"unknown"` for anything else.
inline std::string_view name(FileKind value)
{
    return detail::view(cdp_fs_kind_name(static_cast<cdp_fs_kind>(value)));
}

/// `"transactional"`, `"compatible"`; `"unknown"` for anything else. Static text.
inline std::string_view name(InstallMode value)
{
    return detail::view(cdp_install_mode_name(static_cast<cdp_install_mode>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<InstallMode> from_name<InstallMode>(std::string_view name)
{
    cdp_install_mode value = cdp_install_mode();
    if (cdp_install_mode_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<InstallMode>(value);
}

/// `"copy"`, `"mkdir"`, `"chmod"`, `"setfacl"`, `"semanage"`, `"chown"`; else `"unknown"`.
inline std::string_view name(InstallInstructionType value)
{
    return detail::view(cdp_install_instruction_type_name(static_cast<cdp_install_instruction_type>(value)));
}

/// `"committed"` and so on; `"unknown"` for anything else. Static text.
inline std::string_view name(InstallState value)
{
    return detail::view(cdp_install_state_name(static_cast<cdp_install_state>(value)));
}

/// `"any"`, `"only-new"`, `"ignore"`; `"unknown"`. Static text.
inline std::string_view name(AlarmPolicy value)
{
    return detail::view(cdp_alarm_policy_name(static_cast<cdp_alarm_policy>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<AlarmPolicy> from_name<AlarmPolicy>(std::string_view name)
{
    cdp_alarm_policy value = cdp_alarm_policy();
    if (cdp_alarm_policy_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<AlarmPolicy>(value);
}

/// `"Time"`, `"Target"`, `"Start"`, …; `"unknown"`. Static text.
inline std::string_view name(DeploymentInputKind value)
{
    return detail::view(cdp_deployment_input_kind_name(static_cast<cdp_deployment_input_kind>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentInputKind> from_name<DeploymentInputKind>(std::string_view name)
{
    cdp_deployment_input_kind value = cdp_deployment_input_kind();
    if (cdp_deployment_input_kind_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentInputKind>(value);
}

/// `"Succeeded"`, `"Failed"`; `"unknown"`. Static text.
inline std::string_view name(DeploymentOutcome value)
{
    return detail::view(cdp_deployment_outcome_name(static_cast<cdp_deployment_outcome>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentOutcome> from_name<DeploymentOutcome>(std::string_view name)
{
    cdp_deployment_outcome value = cdp_deployment_outcome();
    if (cdp_deployment_outcome_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentOutcome>(value);
}

/// `"UNKNOWN"`, `"OK"`, `"ALARM"`, `"UNREADABLE"`; `"unknown"`. Static text.
inline std::string_view name(AlarmState value)
{
    return detail::view(cdp_alarm_state_name(static_cast<cdp_alarm_state>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<AlarmState> from_name<AlarmState>(std::string_view name)
{
    cdp_alarm_state value = cdp_alarm_state();
    if (cdp_alarm_state_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<AlarmState>(value);
}

/// `"RunHook"`, `"Download"`, …; `"unknown"`. Static text.
inline std::string_view name(DeploymentActionKind value)
{
    return detail::view(cdp_deployment_action_kind_name(static_cast<cdp_deployment_action_kind>(value)));
}

/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<DeploymentActionKind> from_name<DeploymentActionKind>(std::string_view name)
{
    cdp_deployment_action_kind value = cdp_deployment_action_kind();
    if (cdp_deployment_action_kind_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<DeploymentActionKind>(value);
}

/// `"Status"`, `"Target"`, …; `"unknown"`. Static text.
inline std::string_view name(DeploymentChangeKind value)
{
    return detail::view(cdp_deployment_change_kind_name(static_cast<cdp_deployment_change_kind>(value)));
}

/// `"none"`, `"READY_WAIT"`, `"TERMINATION_WAIT"`, `"traffic"`, `"gate"`, `"rollout"`; `"unknown"`.
///  Static text.
inline std::string_view name(DeploymentWait value)
{
    return detail::view(cdp_deployment_wait_name(static_cast<cdp_deployment_wait>(value)));
}

/// What the registry of diagnostics says of one code. All members are static text.
struct DiagnosticInfo {
    DiagnosticCode code{};
    /// The severity that it has when no profile changes it.
    Severity severity{};
    /// `"appspec-unknown-hook"`: stable, never reused.
    std::string_view name{};
    /// The message with `{0}`, `{1}` … in place of what differs from case to case.
    std::string_view message{};
    /// What to do about it; NULL when the message says it all.
    std::optional<std::string_view> hint{};
    /// A paragraph or two for `codedeploy explain`.
    std::optional<std::string_view> explanation{};
    /// Where the rule comes from: a documentation page, an API shape, an agent's file.
    std::optional<std::string_view> source{};
    /// The API's exception or error code that stands for it; NULL when there is none.
    std::optional<std::string_view> api_name{};
    /// The severity that it has in profile `strict` of those readers that know profiles.
    Severity strict_severity{};
};

namespace detail {
inline DiagnosticInfo from_c(const cdp_diagnostic_info &c)
{
    DiagnosticInfo v;
    v.code = static_cast<DiagnosticCode>(c.code);
    v.severity = static_cast<Severity>(c.severity);
    v.name = detail::view(c.name);
    v.message = detail::view(c.message);
    v.hint = detail::optional_view(c.hint);
    v.explanation = detail::optional_view(c.explanation);
    v.source = detail::optional_view(c.source);
    v.api_name = detail::optional_view(c.api_name);
    v.strict_severity = static_cast<Severity>(c.strict_severity);
    return v;
}
} // namespace detail

/// The answer of cdp_appspec_bundle.look().
struct AppSpecEntry {
    AppSpecEntryKind kind{};
    /// For files: 1 when somebody may execute it, 0 when nobody may.
    bool executable{};
};

namespace detail {
inline AppSpecEntry from_c(const cdp_appspec_entry &c)
{
    AppSpecEntry v;
    v.kind = static_cast<AppSpecEntryKind>(c.kind);
    v.executable = c.executable != 0;
    return v;
}
inline cdp_appspec_entry to_c(const AppSpecEntry &v)
{
    cdp_appspec_entry c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_appspec_entry_kind>(v.kind);
    c.executable = v.executable ? 1 : 0;
    return c;
}
} // namespace detail

/// A place in the text that an AppSpec was read from. Its layout is final.
struct AppSpecPlace {
    /// First byte and byte after the last, from 0.
    std::size_t offset{};
    std::size_t end_offset{};
    /// Lines and columns from 1; columns count Unicode characters.
    std::uint32_t line{};
    std::uint32_t column{};
    std::uint32_t end_line{};
    std::uint32_t end_column{};
};

namespace detail {
inline AppSpecPlace from_c(const cdp_appspec_place &c)
{
    AppSpecPlace v;
    v.offset = c.offset;
    v.end_offset = c.end_offset;
    v.line = c.line;
    v.column = c.column;
    v.end_line = c.end_line;
    v.end_column = c.end_column;
    return v;
}
inline cdp_appspec_place to_c(const AppSpecPlace &v)
{
    cdp_appspec_place c{};
    c.offset = v.offset;
    c.end_offset = v.end_offset;
    c.line = v.line;
    c.column = v.column;
    c.end_line = v.end_line;
    c.end_column = v.end_column;
    return c;
}
} // namespace detail

/// A lifecycle event that the AppSpec hooks.
struct AppSpecEventFields {
    /// As it is written, misspelt or not. A key that is no text is shown as its class and value,
    ///  `$NilClass:nil`.
    std::string_view name{};
    /// Server: how many scripts it runs (may be 0).
    std::size_t script_count{};
    /// Lambda and ECS: the function to call, a name or an ARN. Absent for Server.
    std::optional<std::string_view> function{};
};

namespace detail {
inline AppSpecEventFields from_c(const cdp_appspec_event &c)
{
    AppSpecEventFields v;
    v.name = detail::view(c.name);
    v.script_count = c.script_count;
    v.function = detail::optional_view(c.function);
    return v;
}
inline cdp_appspec_event to_c(const AppSpecEventFields &v)
{
    cdp_appspec_event c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.script_count = v.script_count;
    c.function = detail::text(v.function);
    return c;
}
} // namespace detail

/// One entry of `files`.
struct AppSpecFile {
    /// Neither is trimmed or changed in any way: `/`, `./a/../b` and an empty text may stand here.
    std::string_view source{};
    std::string_view destination{};
    AppSpecValueKind source_kind{};
    AppSpecValueKind destination_kind{};
};

namespace detail {
inline AppSpecFile from_c(const cdp_appspec_file &c)
{
    AppSpecFile v;
    v.source = detail::view(c.source);
    v.destination = detail::view(c.destination);
    v.source_kind = static_cast<AppSpecValueKind>(c.source_kind);
    v.destination_kind = static_cast<AppSpecValueKind>(c.destination_kind);
    return v;
}
inline cdp_appspec_file to_c(const AppSpecFile &v)
{
    cdp_appspec_file c{};
    c.size = sizeof c;
    c.source = detail::text(v.source);
    c.destination = detail::text(v.destination);
    c.source_kind = static_cast<cdp_appspec_value_kind>(v.source_kind);
    c.destination_kind = static_cast<cdp_appspec_value_kind>(v.destination_kind);
    return c;
}
} // namespace detail

/// One entry of `permissions`.
struct AppSpecPermissionFields {
    /// A path; without white space at its ends, never empty.
    std::string_view object{};
    /// `**` when nothing is said.
    std::string_view pattern{};
    std::optional<std::string_view> owner{};
    std::optional<std::string_view> group{};
    /// Three or four octal digits, as the agent pads them (`7` is `"007"`); absent when unset.
    std::optional<std::string_view> mode{};
    /// The SELinux context; all absent when there is none, otherwise at least the type is there.
    ///  `context_user` is what the AppSpec calls `name`; `context_range` is canonical.
    std::optional<std::string_view> context_user{};
    std::optional<std::string_view> context_type{};
    std::optional<std::string_view> context_range{};
    AppSpecValueKind pattern_kind{};
    AppSpecValueKind owner_kind{};
    AppSpecValueKind group_kind{};
    /// Bits CDP_APPSPEC_TYPE_…: both when nothing is said, none for an empty list.
    Flags<AppSpecObjectType> types{};
    /// The mode as a number, 0 to 07777; -1 when unset.
    std::int32_t mode_bits{};
    /// 1 when the entry has `acls`, which may be an empty list.
    bool has_acls{};
    std::size_t except_count{};
    std::size_t acl_count{};
};

namespace detail {
inline AppSpecPermissionFields from_c(const cdp_appspec_permission &c)
{
    AppSpecPermissionFields v;
    v.object = detail::view(c.object);
    v.pattern = detail::view(c.pattern);
    v.owner = detail::optional_view(c.owner);
    v.group = detail::optional_view(c.group);
    v.mode = detail::optional_view(c.mode);
    v.context_user = detail::optional_view(c.context_user);
    v.context_type = detail::optional_view(c.context_type);
    v.context_range = detail::optional_view(c.context_range);
    v.pattern_kind = static_cast<AppSpecValueKind>(c.pattern_kind);
    v.owner_kind = static_cast<AppSpecValueKind>(c.owner_kind);
    v.group_kind = static_cast<AppSpecValueKind>(c.group_kind);
    v.types = Flags<AppSpecObjectType>::from_bits(c.types);
    v.mode_bits = c.mode_bits;
    v.has_acls = c.has_acls != 0;
    v.except_count = c.except_count;
    v.acl_count = c.acl_count;
    return v;
}
inline cdp_appspec_permission to_c(const AppSpecPermissionFields &v)
{
    cdp_appspec_permission c{};
    c.size = sizeof c;
    c.object = detail::text(v.object);
    c.pattern = detail::text(v.pattern);
    c.owner = detail::text(v.owner);
    c.group = detail::text(v.group);
    c.mode = detail::text(v.mode);
    c.context_user = detail::text(v.context_user);
    c.context_type = detail::text(v.context_type);
    c.context_range = detail::text(v.context_range);
    c.pattern_kind = static_cast<cdp_appspec_value_kind>(v.pattern_kind);
    c.owner_kind = static_cast<cdp_appspec_value_kind>(v.owner_kind);
    c.group_kind = static_cast<cdp_appspec_value_kind>(v.group_kind);
    c.types = v.types.bits();
    c.mode_bits = v.mode_bits;
    c.has_acls = v.has_acls ? 1 : 0;
    c.except_count = v.except_count;
    c.acl_count = v.acl_count;
    return c;
}
} // namespace detail

/// One item of a permission's `except`.
struct AppSpecExcept {
    std::string_view pattern{};
    AppSpecValueKind kind{};
};

namespace detail {
inline AppSpecExcept from_c(const cdp_appspec_except &c)
{
    AppSpecExcept v;
    v.pattern = detail::view(c.pattern);
    v.kind = static_cast<AppSpecValueKind>(c.kind);
    return v;
}
inline cdp_appspec_except to_c(const AppSpecExcept &v)
{
    cdp_appspec_except c{};
    c.size = sizeof c;
    c.pattern = detail::text(v.pattern);
    c.kind = static_cast<cdp_appspec_value_kind>(v.kind);
    return c;
}
} // namespace detail

/// One item of a permission's `acls`.
struct AppSpecAcl {
    /// The full form, `default:user:mary:rw-`.
    std::string_view text{};
    /// Absent for mask and other, and for the owning user or group of a default entry.
    std::optional<std::string_view> name{};
    AppSpecAclType type{};
    /// 1 for an entry that new files below a directory inherit.
    bool is_default{};
    /// 0 to 7: 4 read, 2 write, 1 execute.
    std::uint32_t bits{};
};

namespace detail {
inline AppSpecAcl from_c(const cdp_appspec_acl &c)
{
    AppSpecAcl v;
    v.text = detail::view(c.text);
    v.name = detail::optional_view(c.name);
    v.type = static_cast<AppSpecAclType>(c.type);
    v.is_default = c.is_default != 0;
    v.bits = c.bits;
    return v;
}
inline cdp_appspec_acl to_c(const AppSpecAcl &v)
{
    cdp_appspec_acl c{};
    c.size = sizeof c;
    c.text = detail::text(v.text);
    c.name = detail::text(v.name);
    c.type = static_cast<cdp_appspec_acl_type>(v.type);
    c.is_default = v.is_default ? 1 : 0;
    c.bits = v.bits;
    return c;
}
} // namespace detail

/// One script of a hook.
struct AppSpecScript {
    /// Relative to the revision's root; without white space at its ends, never empty.
    std::string_view location{};
    /// Absent when unset. Empty when it is written as blank (the agent 1.x then runs `su ""`).
    std::optional<std::string_view> runas{};
    /// 1 when the script runs through sudo: any value that Ruby takes for true.
    bool sudo{};
    /// Seconds, from 1; 3600 when unset. A number that does not fit is INT64_MAX.
    std::chrono::seconds timeout{};
};

namespace detail {
inline AppSpecScript from_c(const cdp_appspec_script &c)
{
    AppSpecScript v;
    v.location = detail::view(c.location);
    v.runas = detail::optional_view(c.runas);
    v.sudo = c.sudo != 0;
    v.timeout = std::chrono::seconds(c.timeout);
    return v;
}
inline cdp_appspec_script to_c(const AppSpecScript &v)
{
    cdp_appspec_script c{};
    c.size = sizeof c;
    c.location = detail::text(v.location);
    c.runas = detail::text(v.runas);
    c.sudo = v.sudo ? 1 : 0;
    c.timeout = v.timeout.count();
    return c;
}
} // namespace detail

/// The resource of a Lambda AppSpec. As an input (builder), all strings are copied.
struct AppSpecLambda {
    /// What the resource is called in the AppSpec.
    std::string logical_name{};
    std::string name{};
    std::string alias{};
    std::string current_version{};
    std::string target_version{};
};

namespace detail {
inline AppSpecLambda from_c(const cdp_appspec_lambda &c)
{
    AppSpecLambda v;
    v.logical_name = detail::string(c.logical_name);
    v.name = detail::string(c.name);
    v.alias = detail::string(c.alias);
    v.current_version = detail::string(c.current_version);
    v.target_version = detail::string(c.target_version);
    return v;
}
inline cdp_appspec_lambda to_c(const AppSpecLambda &v)
{
    cdp_appspec_lambda c{};
    c.size = sizeof c;
    c.logical_name = detail::text(v.logical_name);
    c.name = detail::text(v.name);
    c.alias = detail::text(v.alias);
    c.current_version = detail::text(v.current_version);
    c.target_version = detail::text(v.target_version);
    return c;
}
} // namespace detail

/// The resource of an ECS AppSpec.
struct AppSpecEcs {
    /// What the resource is called in the AppSpec, usually `TargetService`.
    std::string_view logical_name{};
    /// An ARN, or a placeholder such as `<TASK_DEFINITION>`.
    std::string_view task_definition{};
    std::string_view container_name{};
    /// Absent when unset; the service then takes `LATEST`.
    std::optional<std::string_view> platform_version{};
    /// `"ENABLED"` or `"DISABLED"`; absent when there is no network configuration.
    std::optional<std::string_view> assign_public_ip{};
    /// 1 to 65535; 0 when it is still a placeholder.
    std::uint32_t container_port{};
    /// 1 when there is a NetworkConfiguration; subnets and security groups are then lists.
    bool has_network_configuration{};
    std::size_t subnet_count{};
    std::size_t security_group_count{};
    std::size_t capacity_provider_count{};
};

namespace detail {
inline AppSpecEcs from_c(const cdp_appspec_ecs &c)
{
    AppSpecEcs v;
    v.logical_name = detail::view(c.logical_name);
    v.task_definition = detail::view(c.task_definition);
    v.container_name = detail::view(c.container_name);
    v.platform_version = detail::optional_view(c.platform_version);
    v.assign_public_ip = detail::optional_view(c.assign_public_ip);
    v.container_port = c.container_port;
    v.has_network_configuration = c.has_network_configuration != 0;
    v.subnet_count = c.subnet_count;
    v.security_group_count = c.security_group_count;
    v.capacity_provider_count = c.capacity_provider_count;
    return v;
}
inline cdp_appspec_ecs to_c(const AppSpecEcs &v)
{
    cdp_appspec_ecs c{};
    c.size = sizeof c;
    c.logical_name = detail::text(v.logical_name);
    c.task_definition = detail::text(v.task_definition);
    c.container_name = detail::text(v.container_name);
    c.platform_version = detail::text(v.platform_version);
    c.assign_public_ip = detail::text(v.assign_public_ip);
    c.container_port = v.container_port;
    c.has_network_configuration = v.has_network_configuration ? 1 : 0;
    c.subnet_count = v.subnet_count;
    c.security_group_count = v.security_group_count;
    c.capacity_provider_count = v.capacity_provider_count;
    return c;
}
} // namespace detail

/// One item of an ECS CapacityProviderStrategy.
struct AppSpecCapacityProvider {
    std::string name{};
    /// -1 when unset.
    std::int32_t base{};
    std::int32_t weight{};
};

namespace detail {
inline AppSpecCapacityProvider from_c(const cdp_appspec_capacity_provider &c)
{
    AppSpecCapacityProvider v;
    v.name = detail::string(c.name);
    v.base = c.base;
    v.weight = c.weight;
    return v;
}
inline cdp_appspec_capacity_provider to_c(const AppSpecCapacityProvider &v)
{
    cdp_appspec_capacity_provider c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.base = v.base;
    c.weight = v.weight;
    return c;
}
} // namespace detail

/// What one reader makes of the whole text.
struct AppSpecReading {
    /// 1: accepted; 0: refused.
    bool accepted{};
    /// Why it is refused, in one sentence; absent when it is accepted.
    std::optional<std::string_view> reason{};
};

namespace detail {
inline AppSpecReading from_c(const cdp_appspec_reading &c)
{
    AppSpecReading v;
    v.accepted = c.accepted != 0;
    v.reason = detail::optional_view(c.reason);
    return v;
}
inline cdp_appspec_reading to_c(const AppSpecReading &v)
{
    cdp_appspec_reading c{};
    c.size = sizeof c;
    c.accepted = v.accepted ? 1 : 0;
    c.reason = detail::text(v.reason);
    return c;
}
} // namespace detail

/// One thing that the three do not read alike.
struct AppSpecDifference {
    /// JSON Pointer to it, in the text's own terms.
    std::string_view pointer{};
    /// What it is, in plain words: `mode`, `script`, `the whole file`.
    std::string_view what{};
    /// As it is written in the text.
    std::string_view written{};
    /// What each makes of it, in plain words: `0420`, `refused: …`, `ignored`.
    std::string_view agent_1{};
    std::string_view agent_2{};
    std::string_view documentation{};
    AppSpecPlace place{};
};

namespace detail {
inline AppSpecDifference from_c(const cdp_appspec_difference &c)
{
    AppSpecDifference v;
    v.pointer = detail::view(c.pointer);
    v.what = detail::view(c.what);
    v.written = detail::view(c.written);
    v.agent_1 = detail::view(c.agent_1);
    v.agent_2 = detail::view(c.agent_2);
    v.documentation = detail::view(c.documentation);
    v.place = detail::from_c(c.place);
    return v;
}
inline cdp_appspec_difference to_c(const AppSpecDifference &v)
{
    cdp_appspec_difference c{};
    c.size = sizeof c;
    c.pointer = detail::text(v.pointer);
    c.what = detail::text(v.what);
    c.written = detail::text(v.written);
    c.agent_1 = detail::text(v.agent_1);
    c.agent_2 = detail::text(v.agent_2);
    c.documentation = detail::text(v.documentation);
    c.place = detail::to_c(v.place);
    return c;
}
} // namespace detail

/// What a configuration consists of: the input of cdp_config_new(), the output of
/// cdp_config_describe(). Members left zero are absent.
struct ConfigFields {
    /// 1 to 100 of a-z A-Z 0-9 . _ + = , @ - and not beginning with `CodeDeployDefault.`. Absent
    ///  for a configuration of the host's own that no service has to know.
    std::optional<std::string> name{};
    /// Platform::Auto stands for Server, as in the API.
    Platform platform{};
    /// Server only, and required there: MinimumType::HostCount or MinimumType::FleetPercent.
    MinimumType minimum_type{};
    std::int64_t minimum_value{};
    /// Lambda and ECS only, and required there.
    TrafficType traffic_type{};
    /// 1 when the members below about zones count: one Availability Zone at a time. Server only.
    bool has_zones{};
    /// Canary and linear: percent of the traffic in one increment, 1 to 99.
    std::int64_t traffic_percentage{};
    /// Canary and linear: minutes between two increments, 1 to 2880; all of them together take
    ///  at most 2880 minutes.
    std::int64_t traffic_interval_minutes{};
    /// 1 when the member of the same name is given.
    bool has_zone_monitor_seconds{};
    bool has_first_zone_monitor_seconds{};
    /// How long to watch a zone before the next one begins; absent: not at all. From 0.
    std::int64_t zone_monitor_seconds{};
    /// The same for the first zone only; absent: as `zone_monitor_seconds`.
    std::int64_t first_zone_monitor_seconds{};
    /// Healthy hosts that each zone keeps, beside the whole deployment's minimum;
    ///  MinimumType::None: none.
    MinimumType zone_minimum_type{};
    std::int64_t zone_minimum_value{};
};

namespace detail {
inline ConfigFields from_c(const cdp_config_options &c)
{
    ConfigFields v;
    v.name = detail::optional_string(c.name);
    v.platform = static_cast<Platform>(c.platform);
    v.minimum_type = static_cast<MinimumType>(c.minimum_type);
    v.minimum_value = c.minimum_value;
    v.traffic_type = static_cast<TrafficType>(c.traffic_type);
    v.has_zones = c.has_zones != 0;
    v.traffic_percentage = c.traffic_percentage;
    v.traffic_interval_minutes = c.traffic_interval_minutes;
    v.has_zone_monitor_seconds = c.has_zone_monitor_seconds != 0;
    v.has_first_zone_monitor_seconds = c.has_first_zone_monitor_seconds != 0;
    v.zone_monitor_seconds = c.zone_monitor_seconds;
    v.first_zone_monitor_seconds = c.first_zone_monitor_seconds;
    v.zone_minimum_type = static_cast<MinimumType>(c.zone_minimum_type);
    v.zone_minimum_value = c.zone_minimum_value;
    return v;
}
inline cdp_config_options to_c(const ConfigFields &v)
{
    cdp_config_options c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.platform = static_cast<cdp_platform>(v.platform);
    c.minimum_type = static_cast<cdp_minimum_type>(v.minimum_type);
    c.minimum_value = v.minimum_value;
    c.traffic_type = static_cast<cdp_traffic_type>(v.traffic_type);
    c.has_zones = v.has_zones ? 1 : 0;
    c.traffic_percentage = v.traffic_percentage;
    c.traffic_interval_minutes = v.traffic_interval_minutes;
    c.has_zone_monitor_seconds = v.has_zone_monitor_seconds ? 1 : 0;
    c.has_first_zone_monitor_seconds = v.has_first_zone_monitor_seconds ? 1 : 0;
    c.zone_monitor_seconds = v.zone_monitor_seconds;
    c.first_zone_monitor_seconds = v.first_zone_monitor_seconds;
    c.zone_minimum_type = static_cast<cdp_minimum_type>(v.zone_minimum_type);
    c.zone_minimum_value = v.zone_minimum_value;
    return c;
}
} // namespace detail

/// What a configuration is to be used for. Members left zero: no.
struct ConfigUse {
    /// The application's platform; required.
    Platform platform{};
    /// 1 for a blue/green deployment on Server.
    bool blue_green{};
    /// 1 when on-premises instances are among the targets.
    bool on_premises{};
    /// 1 when an ECS service stands behind a Network Load Balancer.
    bool network_load_balancer{};
};

namespace detail {
inline ConfigUse from_c(const cdp_config_use &c)
{
    ConfigUse v;
    v.platform = static_cast<Platform>(c.platform);
    v.blue_green = c.blue_green != 0;
    v.on_premises = c.on_premises != 0;
    v.network_load_balancer = c.network_load_balancer != 0;
    return v;
}
inline cdp_config_use to_c(const ConfigUse &v)
{
    cdp_config_use c{};
    c.size = sizeof c;
    c.platform = static_cast<cdp_platform>(v.platform);
    c.blue_green = v.blue_green ? 1 : 0;
    c.on_premises = v.on_premises ? 1 : 0;
    c.network_load_balancer = v.network_load_balancer ? 1 : 0;
    return c;
}
} // namespace detail

/// What is the same for all ways to make a schedule; NULL stands for all zero.
struct TrafficOptions {
    /// How many routes shift together; 0 stands for 1.
    std::uint32_t route_count{};
};

namespace detail {
inline TrafficOptions from_c(const cdp_traffic_options &c)
{
    TrafficOptions v;
    v.route_count = c.route_count;
    return v;
}
inline cdp_traffic_options to_c(const TrafficOptions &v)
{
    cdp_traffic_options c{};
    c.size = sizeof c;
    c.route_count = v.route_count;
    return c;
}
} // namespace detail

/// One step.
struct TrafficStep {
    /// When it begins, from the start, if every gate were opened the moment it is reached.
    Milliseconds offset{};
    /// How long it holds: 0 when nothing follows; CDP_TRAFFIC_GATE.
    Milliseconds wait{};
    /// Percent of each route's traffic that go to the replacement, and to the original; 100
    ///  together.
    std::int32_t weight{};
    std::int32_t original_weight{};
    /// 1 when it holds until a gate is opened.
    bool is_gate{};
    /// How many gates have to be opened before it begins.
    std::uint32_t gates_before{};
};

namespace detail {
inline TrafficStep from_c(const cdp_traffic_step &c)
{
    TrafficStep v;
    v.offset = Milliseconds(c.offset_ms);
    v.wait = Milliseconds(c.wait_ms);
    v.weight = c.weight;
    v.original_weight = c.original_weight;
    v.is_gate = c.is_gate != 0;
    v.gates_before = c.gates_before;
    return v;
}
inline cdp_traffic_step to_c(const TrafficStep &v)
{
    cdp_traffic_step c{};
    c.size = sizeof c;
    c.offset_ms = v.offset.count();
    c.wait_ms = v.wait.count();
    c.weight = v.weight;
    c.original_weight = v.original_weight;
    c.is_gate = v.is_gate ? 1 : 0;
    c.gates_before = v.gates_before;
    return c;
}
} // namespace detail

/// What an input has moved.
struct TrafficProgress {
    /// The steps that began: `step_count` of them, the first at index `first_step`. Only the last
    ///  one's weight has to be set; cdp_traffic_cursor_began_ms() tells when each was due.
    std::size_t first_step{};
    std::size_t step_count{};
    /// The weights that hold now, for every route.
    std::int32_t weight{};
    std::int32_t original_weight{};
    /// 1 when a gate is waited for.
    bool at_gate{};
    /// 1 when the shift is over: the last step has begun, and its wait has passed.
    bool done{};
};

namespace detail {
inline TrafficProgress from_c(const cdp_traffic_progress &c)
{
    TrafficProgress v;
    v.first_step = c.first_step;
    v.step_count = c.step_count;
    v.weight = c.weight;
    v.original_weight = c.original_weight;
    v.at_gate = c.at_gate != 0;
    v.done = c.done != 0;
    return v;
}
inline cdp_traffic_progress to_c(const TrafficProgress &v)
{
    cdp_traffic_progress c{};
    c.size = sizeof c;
    c.first_step = v.first_step;
    c.step_count = v.step_count;
    c.weight = v.weight;
    c.original_weight = v.original_weight;
    c.at_gate = v.at_gate ? 1 : 0;
    c.done = v.done ? 1 : 0;
    return c;
}
} // namespace detail

/// One event of a plan. As an output all strings belong to the plan.
struct LifecycleEventInfo {
    std::string name{};
    /// Event::Custom when the API has no event of that name. Ignored as an input.
    Event event{};
    /// 1 when a script or function of the AppSpec may run, 0 when CodeDeploy does it itself.
    bool scriptable{};
    /// Where the script is taken from in this plan's scenario; see
    ///  cdp_lifecycle_plan_revision(). RevisionSource::None when `scriptable` is 0.
    RevisionSource revision{};
    /// How long it may run, in milliseconds; 0 for no limit. (Limits page: 3600 s. Traffic
    ///  shifting on Lambda and ECS: the 2880 minutes that a schedule may last, and 3600 s.)
    Milliseconds run_limit{};
    /// How long after the target's start or the end of the event before it may begin; 0 for no
    ///  limit. (Limits page: 5 minutes.) Waits between the two do not count.
    Milliseconds start_limit{};
    /// 1 when its failure can make CodeDeploy roll back. 0 for BeforeInstall on ECS, where there is
    ///  nothing to roll back yet; for rollbacks, which are not rolled back themselves; for launch
    ///  and termination deployments; and locally.
    bool may_roll_back{};
    /// 1 when `ignoreApplicationStopFailures` covers it.
    bool ignorable{};
    /// What may have to be waited for between the event before it and it. Ignored as an input.
    WaitType wait_before{};
    /// The same after it: WaitType::Ready never after the last event, WaitType::Termination only
    ///  there.
    WaitType wait_after{};
};

namespace detail {
inline LifecycleEventInfo from_c(const cdp_lifecycle_event_info &c)
{
    LifecycleEventInfo v;
    v.name = detail::string(c.name);
    v.event = static_cast<Event>(c.event);
    v.scriptable = c.scriptable != 0;
    v.revision = static_cast<RevisionSource>(c.revision);
    v.run_limit = Milliseconds(c.run_limit_ms);
    v.start_limit = Milliseconds(c.start_limit_ms);
    v.may_roll_back = c.may_roll_back != 0;
    v.ignorable = c.ignorable != 0;
    v.wait_before = static_cast<WaitType>(c.wait_before);
    v.wait_after = static_cast<WaitType>(c.wait_after);
    return v;
}
inline cdp_lifecycle_event_info to_c(const LifecycleEventInfo &v)
{
    cdp_lifecycle_event_info c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.event = static_cast<cdp_event>(v.event);
    c.scriptable = v.scriptable ? 1 : 0;
    c.revision = static_cast<cdp_revision_source>(v.revision);
    c.run_limit_ms = v.run_limit.count();
    c.start_limit_ms = v.start_limit.count();
    c.may_roll_back = v.may_roll_back ? 1 : 0;
    c.ignorable = v.ignorable ? 1 : 0;
    c.wait_before = static_cast<cdp_wait_type>(v.wait_before);
    c.wait_after = static_cast<cdp_wait_type>(v.wait_after);
    return c;
}
} // namespace detail

/// What a deployment wants of its targets. All zero but `size` is the API's default.
struct LifecycleOptions {
    /// 1: a failed ApplicationStop, BeforeBlockTraffic or AfterBlockTraffic stays Failed, and the
    ///  target goes on with the next event; also when it ran out of time, not when it never began.
    ///  Only for Server. (CreateDeployment, ignoreApplicationStopFailures.)
    bool ignore_application_stop_failures{};
    /// Without an effect on a plan that does not wait. With ReadyAction::ContinueDeployment a
    ///  Server replacement is Ready until its next event begins, because a deployment moves no
    ///  traffic before all its replacements are Ready; an ECS target is never Ready.
    ReadyAction ready_action{};
    /// Only with ReadyAction::StopDeployment: after how long a Ready target that nobody
    ///  continued is stopped. 0: never, the host keeps that time for the deployment as a whole.
    ///  At most 2^32 - 1 ms.
    Milliseconds ready_wait{};
    /// How long the target waits after its last event before it may be taken away, where the plan
    ///  has that wait. 0: not at all (KEEP_ALIVE, no wait, or the host keeps that time).
    ///  At most 2^32 - 1 ms.
    Milliseconds termination_wait{};
    /// How many bytes of the message of the last failed event are kept, at most 4096; they count
    ///  beyond the 256 bytes. 0: none, the host keeps messages itself.
    std::uint32_t message_bytes{};
};

namespace detail {
inline LifecycleOptions from_c(const cdp_lifecycle_options &c)
{
    LifecycleOptions v;
    v.ignore_application_stop_failures = c.ignore_application_stop_failures != 0;
    v.ready_action = static_cast<ReadyAction>(c.ready_action);
    v.ready_wait = Milliseconds(c.ready_wait_ms);
    v.termination_wait = Milliseconds(c.termination_wait_ms);
    v.message_bytes = c.message_bytes;
    return v;
}
inline cdp_lifecycle_options to_c(const LifecycleOptions &v)
{
    cdp_lifecycle_options c{};
    c.size = sizeof c;
    c.ignore_application_stop_failures = v.ignore_application_stop_failures ? 1 : 0;
    c.ready_action = static_cast<cdp_ready_action>(v.ready_action);
    c.ready_wait_ms = v.ready_wait.count();
    c.termination_wait_ms = v.termination_wait.count();
    c.message_bytes = v.message_bytes;
    return c;
}
} // namespace detail

/// How an event ended.
struct LifecycleResult {
    /// EventStatus::Succeeded or EventStatus::Failed. (The API, too, accepts only these
    ///  two: PutLifecycleEventHookExecutionStatus.)
    EventStatus status{};
    /// EventError::Success exactly when it succeeded.
    EventError error{};
    /// Why it failed, for people; may be absent. Kept as far as `message_bytes` allows, cut between
    ///  characters; bytes that are not UTF-8, and NUL, are kept as `?`.
    std::optional<std::string> message{};
};

namespace detail {
inline LifecycleResult from_c(const cdp_lifecycle_result &c)
{
    LifecycleResult v;
    v.status = static_cast<EventStatus>(c.status);
    v.error = static_cast<EventError>(c.error);
    v.message = detail::optional_string(c.message);
    return v;
}
inline cdp_lifecycle_result to_c(const LifecycleResult &v)
{
    cdp_lifecycle_result c{};
    c.size = sizeof c;
    c.status = static_cast<cdp_event_status>(v.status);
    c.error = static_cast<cdp_event_error>(v.error);
    c.message = detail::text(v.message);
    return c;
}
} // namespace detail

struct LifecycleAction {
    LifecycleActionKind kind{};
    /// WaitType::None when nothing is waited for.
    WaitType wait{};
    /// The event that comes next or is in progress; the plan's count when there is none.
    std::size_t event{};
    /// As cdp_lifecycle_next_deadline().
    Milliseconds deadline{};
};

namespace detail {
inline LifecycleAction from_c(const cdp_lifecycle_action &c)
{
    LifecycleAction v;
    v.kind = static_cast<LifecycleActionKind>(c.kind);
    v.wait = static_cast<WaitType>(c.wait);
    v.event = c.event;
    v.deadline = Milliseconds(c.deadline_ms);
    return v;
}
inline cdp_lifecycle_action to_c(const LifecycleAction &v)
{
    cdp_lifecycle_action c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_lifecycle_action_kind>(v.kind);
    c.wait = static_cast<cdp_wait_type>(v.wait);
    c.event = v.event;
    c.deadline_ms = v.deadline.count();
    return c;
}
} // namespace detail

/// One event of a target, as the API's LifecycleEvent.
struct LifecycleEventRecord {
    /// Belongs to the plan.
    std::string name{};
    EventStatus status{};
    /// What is wrong: EventError::UnknownError for failures that nobody reported (limits, a
    ///  stop, lost contact).
    EventError error{};
    LifecycleReason reason{};
    /// When it began and ended; -1 where it did not. An event that did not begin in time has an
    ///  end, the deadline, and no beginning.
    Milliseconds start{};
    Milliseconds end{};
    /// The kept message of the last failed event; a sentence of ours for failures that nobody
    ///  reported; absent otherwise. Valid until the next input.
    std::optional<std::string> message{};
};

namespace detail {
inline LifecycleEventRecord from_c(const cdp_lifecycle_event_record &c)
{
    LifecycleEventRecord v;
    v.name = detail::string(c.name);
    v.status = static_cast<EventStatus>(c.status);
    v.error = static_cast<EventError>(c.error);
    v.reason = static_cast<LifecycleReason>(c.reason);
    v.start = Milliseconds(c.start_ms);
    v.end = Milliseconds(c.end_ms);
    v.message = detail::optional_string(c.message);
    return v;
}
inline cdp_lifecycle_event_record to_c(const LifecycleEventRecord &v)
{
    cdp_lifecycle_event_record c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.status = static_cast<cdp_event_status>(v.status);
    c.error = static_cast<cdp_event_error>(v.error);
    c.reason = static_cast<cdp_lifecycle_reason>(v.reason);
    c.start_ms = v.start.count();
    c.end_ms = v.end.count();
    c.message = detail::text(v.message);
    return c;
}
} // namespace detail

/// A status that the last accepted input has changed.
struct LifecycleChange {
    /// The event; the plan's count for the target itself.
    std::size_t event{};
    /// An event's present status; 0 for the target.
    EventStatus event_status{};
    /// The target's present status; 0 for an event.
    TargetStatus target_status{};
};

namespace detail {
inline LifecycleChange from_c(const cdp_lifecycle_change &c)
{
    LifecycleChange v;
    v.event = c.event;
    v.event_status = static_cast<EventStatus>(c.event_status);
    v.target_status = static_cast<TargetStatus>(c.target_status);
    return v;
}
inline cdp_lifecycle_change to_c(const LifecycleChange &v)
{
    cdp_lifecycle_change c{};
    c.size = sizeof c;
    c.event = v.event;
    c.event_status = static_cast<cdp_event_status>(v.event_status);
    c.target_status = static_cast<cdp_target_status>(v.target_status);
    return c;
}
} // namespace detail

/// A tag of an instance. Its layout is final. An absent value counts as an empty one.
struct Tag {
    std::string key{};
    std::optional<std::string> value{};
};

namespace detail {
inline Tag from_c(const cdp_tag &c)
{
    Tag v;
    v.key = detail::string(c.key);
    v.value = detail::optional_string(c.value);
    return v;
}
inline cdp_tag to_c(const Tag &v)
{
    cdp_tag c{};
    c.key = detail::text(v.key);
    c.value = detail::text(v.value);
    return c;
}
} // namespace detail

/// Names and single settings.
struct GroupBasics {
    std::optional<std::string> application_name{};
    std::optional<std::string> name{};
    /// Absent until the service has given one.
    std::optional<std::string> id{};
    std::optional<std::string> service_role_arn{};
    /// Absent when the group names none; see cdp_config_resolve().
    std::optional<std::string> config_name{};
    /// What the caller or the group said, or what its content can only mean; Platform::Auto when
    ///  it could be any. As an input: what the group says.
    Platform platform{};
    /// As an output never 0: by default in place on Server and where the platform is not known,
    ///  blue/green elsewhere.
    DeploymentType deployment_type{};
    /// As an output never 0: by default without traffic control on Server and where the platform is
    ///  not known, with it elsewhere. As an input 0 together with `deployment_type`.
    DeploymentOption deployment_option{};
    /// As an output never 0.
    OutdatedStrategy outdated_strategy{};
    /// 1: an Auto Scaling group that shrinks runs a termination deployment first.
    bool termination_hook{};
};

namespace detail {
inline GroupBasics from_c(const cdp_group_basics &c)
{
    GroupBasics v;
    v.application_name = detail::optional_string(c.application_name);
    v.name = detail::optional_string(c.name);
    v.id = detail::optional_string(c.id);
    v.service_role_arn = detail::optional_string(c.service_role_arn);
    v.config_name = detail::optional_string(c.config_name);
    v.platform = static_cast<Platform>(c.platform);
    v.deployment_type = static_cast<DeploymentType>(c.deployment_type);
    v.deployment_option = static_cast<DeploymentOption>(c.deployment_option);
    v.outdated_strategy = static_cast<OutdatedStrategy>(c.outdated_strategy);
    v.termination_hook = c.termination_hook != 0;
    return v;
}
inline cdp_group_basics to_c(const GroupBasics &v)
{
    cdp_group_basics c{};
    c.size = sizeof c;
    c.application_name = detail::text(v.application_name);
    c.name = detail::text(v.name);
    c.id = detail::text(v.id);
    c.service_role_arn = detail::text(v.service_role_arn);
    c.config_name = detail::text(v.config_name);
    c.platform = static_cast<cdp_platform>(v.platform);
    c.deployment_type = static_cast<cdp_deployment_type>(v.deployment_type);
    c.deployment_option = static_cast<cdp_deployment_option>(v.deployment_option);
    c.outdated_strategy = static_cast<cdp_outdated_strategy>(v.outdated_strategy);
    c.termination_hook = v.termination_hook ? 1 : 0;
    return c;
}
} // namespace detail

/// A tag filter. The key is compared exactly; in the value `*` stands for any characters, none
///  included. Case counts. (User guide, "create a deployment group for an in-place deployment".)
struct GroupFilter {
    /// As an output never 0: an absent type is what key and value tell.
    TagFilterType type{};
    /// Absent for TagFilterType::ValueOnly.
    std::optional<std::string> key{};
    /// Absent for TagFilterType::KeyOnly.
    std::optional<std::string> value{};
};

namespace detail {
inline GroupFilter from_c(const cdp_group_filter &c)
{
    GroupFilter v;
    v.type = static_cast<TagFilterType>(c.type);
    v.key = detail::optional_string(c.key);
    v.value = detail::optional_string(c.value);
    return v;
}
inline cdp_group_filter to_c(const GroupFilter &v)
{
    cdp_group_filter c{};
    c.size = sizeof c;
    c.type = static_cast<cdp_tag_filter_type>(v.type);
    c.key = detail::text(v.key);
    c.value = detail::text(v.value);
    return c;
}
} // namespace detail

/// An Auto Scaling group (API shape AutoScalingGroup).
struct GroupAutoScaling {
    std::string name{};
    /// The lifecycle hooks that the service has installed; absent when not told.
    std::optional<std::string> hook{};
    std::optional<std::string> termination_hook{};
};

namespace detail {
inline GroupAutoScaling from_c(const cdp_group_auto_scaling &c)
{
    GroupAutoScaling v;
    v.name = detail::string(c.name);
    v.hook = detail::optional_string(c.hook);
    v.termination_hook = detail::optional_string(c.termination_hook);
    return v;
}
inline cdp_group_auto_scaling to_c(const GroupAutoScaling &v)
{
    cdp_group_auto_scaling c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.hook = detail::text(v.hook);
    c.termination_hook = detail::text(v.termination_hook);
    return c;
}
} // namespace detail

/// An ECS service (API shape ECSService).
struct GroupEcsService {
    std::optional<std::string> cluster{};
    std::optional<std::string> service{};
};

namespace detail {
inline GroupEcsService from_c(const cdp_group_ecs_service &c)
{
    GroupEcsService v;
    v.cluster = detail::optional_string(c.cluster);
    v.service = detail::optional_string(c.service);
    return v;
}
inline cdp_group_ecs_service to_c(const GroupEcsService &v)
{
    cdp_group_ecs_service c{};
    c.size = sizeof c;
    c.cluster = detail::text(v.cluster);
    c.service = detail::text(v.service);
    return c;
}
} // namespace detail

/// The two target groups between which an ECS deployment moves traffic, and the listeners that it
///  changes (API shape TargetGroupPairInfo).
struct GroupTargetGroupPair {
    std::array<std::string, 2> target_groups{};
    std::optional<std::string> production_listener_arn{};
    /// Absent when there is no test traffic.
    std::optional<std::string> test_listener_arn{};
};

namespace detail {
inline GroupTargetGroupPair from_c(const cdp_group_target_group_pair &c)
{
    GroupTargetGroupPair v;
    for (std::size_t i = 0; i < v.target_groups.size(); i++)
        v.target_groups[i] = string(c.target_groups[i]);
    v.production_listener_arn = detail::optional_string(c.production_listener_arn);
    v.test_listener_arn = detail::optional_string(c.test_listener_arn);
    return v;
}
inline cdp_group_target_group_pair to_c(const GroupTargetGroupPair &v)
{
    cdp_group_target_group_pair c{};
    c.size = sizeof c;
    for (std::size_t i = 0; i < v.target_groups.size(); i++)
        c.target_groups[i] = text(v.target_groups[i]);
    c.production_listener_arn = detail::text(v.production_listener_arn);
    c.test_listener_arn = detail::text(v.test_listener_arn);
    return c;
}
} // namespace detail

/// API shape BlueGreenDeploymentConfiguration.
struct GroupBlueGreen {
    TerminationAction termination_action{};
    ReadyAction ready_action{};
    /// Minutes before the originals are terminated.
    std::int64_t termination_wait_minutes{};
    /// Minutes before ReadyAction::StopDeployment stops a deployment that nobody continued.
    std::int64_t ready_wait_minutes{};
    GreenFleet green_fleet{};
};

namespace detail {
inline GroupBlueGreen from_c(const cdp_group_blue_green &c)
{
    GroupBlueGreen v;
    v.termination_action = static_cast<TerminationAction>(c.termination_action);
    v.ready_action = static_cast<ReadyAction>(c.ready_action);
    v.termination_wait_minutes = c.termination_wait_minutes;
    v.ready_wait_minutes = c.ready_wait_minutes;
    v.green_fleet = static_cast<GreenFleet>(c.green_fleet);
    return v;
}
inline cdp_group_blue_green to_c(const GroupBlueGreen &v)
{
    cdp_group_blue_green c{};
    c.size = sizeof c;
    c.termination_action = static_cast<cdp_termination_action>(v.termination_action);
    c.ready_action = static_cast<cdp_ready_action>(v.ready_action);
    c.termination_wait_minutes = v.termination_wait_minutes;
    c.ready_wait_minutes = v.ready_wait_minutes;
    c.green_fleet = static_cast<cdp_green_fleet>(v.green_fleet);
    return c;
}
} // namespace detail

/// A notification trigger (API shape TriggerConfig).
struct GroupTrigger {
    std::string name{};
    /// The ARN of an SNS topic.
    std::string target_arn{};
    /// Bit n stands for the TriggerEvent of value n.
    EnumSet<TriggerEvent> events{};
};

namespace detail {
inline GroupTrigger from_c(const cdp_group_trigger &c)
{
    GroupTrigger v;
    v.name = detail::string(c.name);
    v.target_arn = detail::string(c.target_arn);
    v.events = EnumSet<TriggerEvent>::from_bits(c.events);
    return v;
}
inline cdp_group_trigger to_c(const GroupTrigger &v)
{
    cdp_group_trigger c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.target_arn = detail::text(v.target_arn);
    c.events = v.events.bits();
    return c;
}
} // namespace detail

/// API shape AlarmConfiguration.
struct GroupAlarms {
    /// 0: the list is kept, but nobody looks at it.
    bool enabled{};
    /// 1: a deployment goes on when the state of an alarm cannot be told; 0: it stops.
    bool ignore_poll_failure{};
};

namespace detail {
inline GroupAlarms from_c(const cdp_group_alarms &c)
{
    GroupAlarms v;
    v.enabled = c.enabled != 0;
    v.ignore_poll_failure = c.ignore_poll_failure != 0;
    return v;
}
inline cdp_group_alarms to_c(const GroupAlarms &v)
{
    cdp_group_alarms c{};
    c.size = sizeof c;
    c.enabled = v.enabled ? 1 : 0;
    c.ignore_poll_failure = v.ignore_poll_failure ? 1 : 0;
    return c;
}
} // namespace detail

/// API shape AutoRollbackConfiguration.
struct GroupAutoRollback {
    /// 0: the events are kept, but nothing rolls back.
    bool enabled{};
    /// Bit n stands for the RollbackEvent of value n.
    EnumSet<RollbackEvent> events{};
};

namespace detail {
inline GroupAutoRollback from_c(const cdp_group_auto_rollback &c)
{
    GroupAutoRollback v;
    v.enabled = c.enabled != 0;
    v.events = EnumSet<RollbackEvent>::from_bits(c.events);
    return v;
}
inline cdp_group_auto_rollback to_c(const GroupAutoRollback &v)
{
    cdp_group_auto_rollback c{};
    c.size = sizeof c;
    c.enabled = v.enabled ? 1 : 0;
    c.events = v.events.bits();
    return c;
}
} // namespace detail

/// Where a revision is to be found (API shape RevisionLocation). Of the texts those of its type
///  are there, the others are absent.
struct GroupRevision {
    RevisionType type{};
    /// Amazon S3; 0 when not said.
    BundleType bundle_type{};
    std::optional<std::string> bucket{};
    std::optional<std::string> key{};
    std::optional<std::string> version{};
    std::optional<std::string> etag{};
    /// GitHub.
    std::optional<std::string> repository{};
    std::optional<std::string> commit_id{};
    /// The AppSpec itself, or the deprecated String.
    std::optional<std::string> content{};
    std::optional<std::string> sha256{};
};

namespace detail {
inline GroupRevision from_c(const cdp_group_revision &c)
{
    GroupRevision v;
    v.type = static_cast<RevisionType>(c.type);
    v.bundle_type = static_cast<BundleType>(c.bundle_type);
    v.bucket = detail::optional_string(c.bucket);
    v.key = detail::optional_string(c.key);
    v.version = detail::optional_string(c.version);
    v.etag = detail::optional_string(c.etag);
    v.repository = detail::optional_string(c.repository);
    v.commit_id = detail::optional_string(c.commit_id);
    v.content = detail::optional_string(c.content);
    v.sha256 = detail::optional_string(c.sha256);
    return v;
}
inline cdp_group_revision to_c(const GroupRevision &v)
{
    cdp_group_revision c{};
    c.size = sizeof c;
    c.type = static_cast<cdp_revision_type>(v.type);
    c.bundle_type = static_cast<cdp_bundle_type>(v.bundle_type);
    c.bucket = detail::text(v.bucket);
    c.key = detail::text(v.key);
    c.version = detail::text(v.version);
    c.etag = detail::text(v.etag);
    c.repository = detail::text(v.repository);
    c.commit_id = detail::text(v.commit_id);
    c.content = detail::text(v.content);
    c.sha256 = detail::text(v.sha256);
    return c;
}
} // namespace detail

/// API shape LastDeploymentInfo.
struct GroupLastDeployment {
    std::string id{};
    /// 0 when not said.
    DeploymentStatus status{};
    /// 1 when the time of that name is told.
    bool has_create_time{};
    bool has_end_time{};
    /// Milliseconds since 1970 in UTC.
    Milliseconds create_time{};
    Milliseconds end_time{};
};

namespace detail {
inline GroupLastDeployment from_c(const cdp_group_last_deployment &c)
{
    GroupLastDeployment v;
    v.id = detail::string(c.id);
    v.status = static_cast<DeploymentStatus>(c.status);
    v.has_create_time = c.has_create_time != 0;
    v.has_end_time = c.has_end_time != 0;
    v.create_time = Milliseconds(c.create_time_ms);
    v.end_time = Milliseconds(c.end_time_ms);
    return v;
}
inline cdp_group_last_deployment to_c(const GroupLastDeployment &v)
{
    cdp_group_last_deployment c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.status = static_cast<cdp_deployment_status>(v.status);
    c.has_create_time = v.has_create_time ? 1 : 0;
    c.has_end_time = v.has_end_time ? 1 : 0;
    c.create_time_ms = v.create_time.count();
    c.end_time_ms = v.end_time.count();
    return c;
}
} // namespace detail

/// Whether an instance belongs to a group, and the reason.
struct Match {
    /// 1 when it belongs.
    bool selected{};
    MatchReason reason{};
    /// For each tag group of the instance's kind the first filter that matches, or
    ///  CDP_MATCH_NONE.
    std::array<std::optional<std::uint32_t>, CDP_GROUP_TAG_GROUP_LIMIT> filters{};
    /// The first tag group without a filter that matches, or CDP_MATCH_NONE.
    std::optional<std::uint32_t> tag_group{};
    /// Which of the group's Auto Scaling groups it is in, or CDP_MATCH_NONE.
    std::optional<std::uint32_t> auto_scaling_group{};
    /// Only from cdp_group_explain(): the filter of `tag_group` that comes nearest, and the tag of
    ///  the instance that has its key or its value; or CDP_MATCH_NONE.
    std::optional<std::uint32_t> near_filter{};
    std::optional<std::uint32_t> near_tag{};
};

namespace detail {
inline Match from_c(const cdp_match &c)
{
    Match v;
    v.selected = c.selected != 0;
    v.reason = static_cast<MatchReason>(c.reason);
    for (std::size_t i = 0; i < v.filters.size(); i++)
        v.filters[i] = index(c.filters[i], CDP_MATCH_NONE);
    v.tag_group = detail::index(c.tag_group, CDP_MATCH_NONE);
    v.auto_scaling_group = detail::index(c.auto_scaling_group, CDP_MATCH_NONE);
    v.near_filter = detail::index(c.near_filter, CDP_MATCH_NONE);
    v.near_tag = detail::index(c.near_tag, CDP_MATCH_NONE);
    return v;
}
inline cdp_match to_c(const Match &v)
{
    cdp_match c{};
    c.size = sizeof c;
    c.selected = v.selected ? 1 : 0;
    c.reason = static_cast<cdp_match_reason>(v.reason);
    for (std::size_t i = 0; i < v.filters.size(); i++)
        c.filters[i] = v.filters[i].value_or(CDP_MATCH_NONE);
    c.tag_group = v.tag_group.value_or(CDP_MATCH_NONE);
    c.auto_scaling_group = v.auto_scaling_group.value_or(CDP_MATCH_NONE);
    c.near_filter = v.near_filter.value_or(CDP_MATCH_NONE);
    c.near_tag = v.near_tag.value_or(CDP_MATCH_NONE);
    return c;
}
} // namespace detail

/// What rules a roll-out follows. All members zero: in place, CodeDeployDefault.OneAtATime.
/// cdp_rollout_options_from_config() fills in those that a deployment configuration determines.
struct RolloutOptions {
    RolloutKind kind{};
    /// How M is told; MinimumType::None stands for all instances but one.
    MinimumType minimum_type{};
    /// A count from 0, a percentage from 0 to 99, or for MOST_CONCURRENCY a number from 1.
    std::int64_t minimum_value{};
    /// 1: a single instance may be deployed to whatever the percentage is, M is then 0
    ///  (CodeDeployDefault.HalfAtATime).
    bool allow_single{};
    /// 1: one zone at a time, in ascending order of their names; in place only.
    bool zonal{};
    /// Zonal: how many healthy instances each zone keeps; MinimumType::None for none.
    MinimumType zone_minimum_type{};
    /// 1: instances whose revision health is Current take no part.
    bool outdated_only{};
    std::int64_t zone_minimum_value{};
    /// Zonal: milliseconds from the end of a zone to the beginning of the next, from 0.
    Milliseconds zone_wait{};
    /// The same after the first zone.
    Milliseconds first_zone_wait{};
    /// Blue/green: 1 holds the roll-out after installing until cdp_rollout_continue().
    bool hold_before_reroute{};
    /// 1: instances that join during the roll-out do not want a follow-on deployment
    ///  (outdatedInstancesStrategy IGNORE; 0 is UPDATE).
    bool ignore_outdated{};
    /// From here on beyond CodeDeploy; zero is CodeDeploy's rule.
    ///
    ///  1: instances that join take part, and those that leave no longer count; N, and with it a
    ///  minimum told in percent, follow. 0: instances that join are only remembered for a follow-on
    ///  deployment, and those that leave count as failed.
    bool live_membership{};
    /// 1: the failure of the last instance is not forgiven.
    bool no_forgiveness{};
    /// The roll-out fails when more instances than this have failed.
    RolloutBudget failure_budget_type{};
    std::int64_t failure_budget{};
    /// Never more instances in flight than this; 0: no limit but the rules'.
    std::int64_t concurrency_limit{};
    /// So many instances go first and must all succeed before any other begins; 0: none. For
    ///  blue/green once in each phase.
    std::int64_t canary_size{};
    /// Milliseconds to wait after the canary batch.
    Milliseconds canary_wait{};
};

namespace detail {
inline RolloutOptions from_c(const cdp_rollout_options &c)
{
    RolloutOptions v;
    v.kind = static_cast<RolloutKind>(c.kind);
    v.minimum_type = static_cast<MinimumType>(c.minimum_type);
    v.minimum_value = c.minimum_value;
    v.allow_single = c.allow_single != 0;
    v.zonal = c.zonal != 0;
    v.zone_minimum_type = static_cast<MinimumType>(c.zone_minimum_type);
    v.outdated_only = c.outdated_only != 0;
    v.zone_minimum_value = c.zone_minimum_value;
    v.zone_wait = Milliseconds(c.zone_wait_ms);
    v.first_zone_wait = Milliseconds(c.first_zone_wait_ms);
    v.hold_before_reroute = c.hold_before_reroute != 0;
    v.ignore_outdated = c.ignore_outdated != 0;
    v.live_membership = c.live_membership != 0;
    v.no_forgiveness = c.no_forgiveness != 0;
    v.failure_budget_type = static_cast<RolloutBudget>(c.failure_budget_type);
    v.failure_budget = c.failure_budget;
    v.concurrency_limit = c.concurrency_limit;
    v.canary_size = c.canary_size;
    v.canary_wait = Milliseconds(c.canary_wait_ms);
    return v;
}
inline cdp_rollout_options to_c(const RolloutOptions &v)
{
    cdp_rollout_options c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_rollout_kind>(v.kind);
    c.minimum_type = static_cast<cdp_minimum_type>(v.minimum_type);
    c.minimum_value = v.minimum_value;
    c.allow_single = v.allow_single ? 1 : 0;
    c.zonal = v.zonal ? 1 : 0;
    c.zone_minimum_type = static_cast<cdp_minimum_type>(v.zone_minimum_type);
    c.outdated_only = v.outdated_only ? 1 : 0;
    c.zone_minimum_value = v.zone_minimum_value;
    c.zone_wait_ms = v.zone_wait.count();
    c.first_zone_wait_ms = v.first_zone_wait.count();
    c.hold_before_reroute = v.hold_before_reroute ? 1 : 0;
    c.ignore_outdated = v.ignore_outdated ? 1 : 0;
    c.live_membership = v.live_membership ? 1 : 0;
    c.no_forgiveness = v.no_forgiveness ? 1 : 0;
    c.failure_budget_type = static_cast<cdp_rollout_budget>(v.failure_budget_type);
    c.failure_budget = v.failure_budget;
    c.concurrency_limit = v.concurrency_limit;
    c.canary_size = v.canary_size;
    c.canary_wait_ms = v.canary_wait.count();
    return c;
}
} // namespace detail

/// What a host tells of one instance. Members left zero: as an instance that nothing was ever
///  deployed to.
struct RolloutInstance {
    /// 1 to 1,024 bytes of UTF-8 without control characters; not twice in one roll-out.
    std::string id{};
    /// The Availability Zone, subject to the same rule; may be absent unless the roll-out is
    ///  zonal. At most 4,096 different ones.
    std::optional<std::string> zone{};
    InstanceHealth instance_health{};
    RevisionHealth revision_health{};
    /// Blue/green: 1 for an instance of the original environment (blue).
    bool original{};
};

namespace detail {
inline RolloutInstance from_c(const cdp_rollout_instance &c)
{
    RolloutInstance v;
    v.id = detail::string(c.id);
    v.zone = detail::optional_string(c.zone);
    v.instance_health = static_cast<InstanceHealth>(c.instance_health);
    v.revision_health = static_cast<RevisionHealth>(c.revision_health);
    v.original = c.original != 0;
    return v;
}
inline cdp_rollout_instance to_c(const RolloutInstance &v)
{
    cdp_rollout_instance c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.zone = detail::text(v.zone);
    c.instance_health = static_cast<cdp_instance_health>(v.instance_health);
    c.revision_health = static_cast<cdp_revision_health>(v.revision_health);
    c.original = v.original ? 1 : 0;
    return c;
}
} // namespace detail

/// One decision, with the numbers it was made from. Strings belong to the roll-out and are valid
/// until it is next changed by cdp_rollout_join() or freed.
struct RolloutDecision {
    RolloutDecisionKind kind{};
    RolloutRule rule{};
    /// The phase in which it was made; for RolloutDecisionKind::Phase the one that begins.
    RolloutPhase phase{};
    /// RolloutVerdict::Undecided until there is one.
    RolloutVerdict verdict{};
    /// The instance concerned, numbered from 0 in the order of adding, or
    ///  CDP_ROLLOUT_NO_INSTANCE.
    std::optional<std::uint32_t> instance{};
    /// Which attempt on this instance it is, from 1 (behind 65,535 from 1 again): part of a START, 0
    ///  otherwise.
    std::uint32_t attempt{};
    /// Another instance that the rule speaks of, or CDP_ROLLOUT_NO_INSTANCE.
    std::optional<std::uint32_t> other{};
    /// Where `instance` stands now.
    RolloutState state{};
    std::optional<std::string> id{};
    std::optional<std::string> other_id{};
    /// The zone that the rule speaks of, otherwise the instance's; absent when there is none.
    std::optional<std::string> zone{};
    /// The API's error code (ErrorInformation), `"HEALTH_CONSTRAINTS"`; NULL when there is none.
    ///  Static text.
    std::optional<std::string_view> error_code{};
    /// The time of the decision: that of the last input.
    Milliseconds time{};
    /// When a wait ends; 0 when the rule speaks of none.
    Milliseconds until{};
    /// N, M, and how many instances are healthy and not in flight, in flight, failed, succeeded,
    ///  not begun: after the decision. Of one zone where the rule says so.
    std::uint32_t instances{};
    std::uint32_t minimum{};
    std::uint32_t healthy{};
    std::uint32_t in_flight{};
    std::uint32_t failed{};
    std::uint32_t succeeded{};
    std::uint32_t pending{};
    /// The limit that the rule speaks of.
    std::uint32_t limit{};
};

namespace detail {
inline RolloutDecision from_c(const cdp_rollout_decision &c)
{
    RolloutDecision v;
    v.kind = static_cast<RolloutDecisionKind>(c.kind);
    v.rule = static_cast<RolloutRule>(c.rule);
    v.phase = static_cast<RolloutPhase>(c.phase);
    v.verdict = static_cast<RolloutVerdict>(c.verdict);
    v.instance = detail::index(c.instance, CDP_ROLLOUT_NO_INSTANCE);
    v.attempt = c.attempt;
    v.other = detail::index(c.other, CDP_ROLLOUT_NO_INSTANCE);
    v.state = static_cast<RolloutState>(c.state);
    v.id = detail::optional_string(c.id);
    v.other_id = detail::optional_string(c.other_id);
    v.zone = detail::optional_string(c.zone);
    v.error_code = detail::optional_view(c.error_code);
    v.time = Milliseconds(c.time_ms);
    v.until = Milliseconds(c.until_ms);
    v.instances = c.instances;
    v.minimum = c.minimum;
    v.healthy = c.healthy;
    v.in_flight = c.in_flight;
    v.failed = c.failed;
    v.succeeded = c.succeeded;
    v.pending = c.pending;
    v.limit = c.limit;
    return v;
}
} // namespace detail

/// How many instances stand where, in the whole roll-out or in one zone. The originals of a
///  blue/green deployment are not counted.
struct RolloutNumbers {
    /// N and M.
    std::uint32_t instances{};
    std::uint32_t minimum{};
    std::uint32_t pending{};
    std::uint32_t in_flight{};
    /// Blue/green: installed, without traffic. Also counted as pending once rerouting began.
    std::uint32_t ready{};
    std::uint32_t succeeded{};
    std::uint32_t failed{};
    std::uint32_t skipped{};
    /// Healthy and not in flight; while rerouting, those that have traffic.
    std::uint32_t healthy{};
    /// Succeeded and then left.
    std::uint32_t gone{};
    /// Joined, and left for a follow-on deployment.
    std::uint32_t outdated{};
    /// Left out by `outdated_only`.
    std::uint32_t excluded{};
    /// The zone's name; absent for the whole roll-out.
    std::optional<std::string> zone{};
};

namespace detail {
inline RolloutNumbers from_c(const cdp_rollout_numbers &c)
{
    RolloutNumbers v;
    v.instances = c.instances;
    v.minimum = c.minimum;
    v.pending = c.pending;
    v.in_flight = c.in_flight;
    v.ready = c.ready;
    v.succeeded = c.succeeded;
    v.failed = c.failed;
    v.skipped = c.skipped;
    v.healthy = c.healthy;
    v.gone = c.gone;
    v.outdated = c.outdated;
    v.excluded = c.excluded;
    v.zone = detail::optional_string(c.zone);
    return v;
}
inline cdp_rollout_numbers to_c(const RolloutNumbers &v)
{
    cdp_rollout_numbers c{};
    c.size = sizeof c;
    c.instances = v.instances;
    c.minimum = v.minimum;
    c.pending = v.pending;
    c.in_flight = v.in_flight;
    c.ready = v.ready;
    c.succeeded = v.succeeded;
    c.failed = v.failed;
    c.skipped = v.skipped;
    c.healthy = v.healthy;
    c.gone = v.gone;
    c.outdated = v.outdated;
    c.excluded = v.excluded;
    c.zone = detail::text(v.zone);
    return c;
}
} // namespace detail

/// What the roll-out knows of one instance. Strings as in RolloutDecision.
struct RolloutInstanceView {
    std::string id{};
    std::optional<std::string> zone{};
    RolloutState state{};
    /// The same in the API's words; 0 for one that is no target of the deployment.
    TargetStatus status{};
    /// How often it was begun; behind 65,535 it counts from 1 again.
    std::uint32_t attempts{};
    /// The values to keep after the roll-out, by cdp_health_after(): final once it is settled.
    ///  Before the verdict: those it has now.
    InstanceHealth instance_health{};
    RevisionHealth revision_health{};
    bool original{};
};

namespace detail {
inline RolloutInstanceView from_c(const cdp_rollout_view &c)
{
    RolloutInstanceView v;
    v.id = detail::string(c.id);
    v.zone = detail::optional_string(c.zone);
    v.state = static_cast<RolloutState>(c.state);
    v.status = static_cast<TargetStatus>(c.status);
    v.attempts = c.attempts;
    v.instance_health = static_cast<InstanceHealth>(c.instance_health);
    v.revision_health = static_cast<RevisionHealth>(c.revision_health);
    v.original = c.original != 0;
    return v;
}
inline cdp_rollout_view to_c(const RolloutInstanceView &v)
{
    cdp_rollout_view c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.zone = detail::text(v.zone);
    c.state = static_cast<cdp_rollout_state>(v.state);
    c.status = static_cast<cdp_target_status>(v.status);
    c.attempts = v.attempts;
    c.instance_health = static_cast<cdp_instance_health>(v.instance_health);
    c.revision_health = static_cast<cdp_revision_health>(v.revision_health);
    c.original = v.original ? 1 : 0;
    return c;
}
} // namespace detail

/// A deployment of the same group that has ended, or any other that the host remembers.
struct PastDeploymentFields {
    std::string id{};
    DeploymentStatus status{};
    DeploymentCreator creator{};
    /// Absent when not known. Only shown.
    std::optional<std::string> config_name{};
    FileExistsBehavior file_exists_behavior{};
    /// 1: the revision is known to be gone (the object was deleted). A rollback to it is tried, and
    ///  fails as any deployment of it would (REVISION_MISSING).
    bool revision_missing{};
    /// Milliseconds since 1970; 0 when not known. Only shown; a deployment puts its `past` in order
    ///  by `end_time_ms` (DeploymentOptions).
    Milliseconds create_time{};
    Milliseconds end_time{};
};

namespace detail {
inline PastDeploymentFields from_c(const cdp_rollback_past &c)
{
    PastDeploymentFields v;
    v.id = detail::string(c.id);
    v.status = static_cast<DeploymentStatus>(c.status);
    v.creator = static_cast<DeploymentCreator>(c.creator);
    v.config_name = detail::optional_string(c.config_name);
    v.file_exists_behavior = static_cast<FileExistsBehavior>(c.file_exists_behavior);
    v.revision_missing = c.revision_missing != 0;
    v.create_time = Milliseconds(c.create_time_ms);
    v.end_time = Milliseconds(c.end_time_ms);
    return v;
}
inline cdp_rollback_past to_c(const PastDeploymentFields &v)
{
    cdp_rollback_past c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.status = static_cast<cdp_deployment_status>(v.status);
    c.creator = static_cast<cdp_deployment_creator>(v.creator);
    c.config_name = detail::text(v.config_name);
    c.file_exists_behavior = static_cast<cdp_file_exists_behavior>(v.file_exists_behavior);
    c.revision_missing = v.revision_missing ? 1 : 0;
    c.create_time_ms = v.create_time.count();
    c.end_time_ms = v.end_time.count();
    return c;
}
} // namespace detail

/// One target of the deployment: an instance, or the Lambda function or ECS service.
struct RollbackTarget {
    /// Required, unique.
    std::string id{};
    /// The Availability Zone; absent when not known. Only shown.
    std::optional<std::string> zone{};
    /// Blue/green on Server: 1 for an instance of the original fleet.
    bool original{};
    /// 0 stands for Pending.
    TargetStatus status{};
    /// 1: its turn came.
    bool begun{};
    /// The events that have begun, and those of them that ended well: bit n stands for the
    ///  Event of value n.
    EnumSet<Event> events{};
    EnumSet<Event> events_done{};
    /// The event that failed; Event::Custom for none.
    Event failed_event{};
    /// Blue/green on Server: whether it gets traffic now, and whether it did when the deployment
    ///  began. 1 or 0.
    bool has_traffic{};
    bool had_traffic{};
    /// In place: 1 when it ran the earlier revision when the deployment began.
    bool on_good_revision{};
    /// As they are now. A target that has begun and not succeeded counts as Unhealthy anyhow.
    InstanceHealth instance_health{};
    RevisionHealth revision_health{};
    /// 1: it is terminated, or has left the group.
    bool gone{};
};

namespace detail {
inline RollbackTarget from_c(const cdp_rollback_target &c)
{
    RollbackTarget v;
    v.id = detail::string(c.id);
    v.zone = detail::optional_string(c.zone);
    v.original = c.original != 0;
    v.status = static_cast<TargetStatus>(c.status);
    v.begun = c.begun != 0;
    v.events = EnumSet<Event>::from_bits(c.events);
    v.events_done = EnumSet<Event>::from_bits(c.events_done);
    v.failed_event = static_cast<Event>(c.failed_event);
    v.has_traffic = c.has_traffic != 0;
    v.had_traffic = c.had_traffic != 0;
    v.on_good_revision = c.on_good_revision != 0;
    v.instance_health = static_cast<InstanceHealth>(c.instance_health);
    v.revision_health = static_cast<RevisionHealth>(c.revision_health);
    v.gone = c.gone != 0;
    return v;
}
inline cdp_rollback_target to_c(const RollbackTarget &v)
{
    cdp_rollback_target c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.zone = detail::text(v.zone);
    c.original = v.original ? 1 : 0;
    c.status = static_cast<cdp_target_status>(v.status);
    c.begun = v.begun ? 1 : 0;
    c.events = v.events.bits();
    c.events_done = v.events_done.bits();
    c.failed_event = static_cast<cdp_event>(v.failed_event);
    c.has_traffic = v.has_traffic ? 1 : 0;
    c.had_traffic = v.had_traffic ? 1 : 0;
    c.on_good_revision = v.on_good_revision ? 1 : 0;
    c.instance_health = static_cast<cdp_instance_health>(v.instance_health);
    c.revision_health = static_cast<cdp_revision_health>(v.revision_health);
    c.gone = v.gone ? 1 : 0;
    return c;
}
} // namespace detail

struct RollbackFile {
    /// Required.
    std::string path{};
    RollbackFileChange change{};
    /// 1 when the earlier revision installs a file at this path. REPLACED and REMOVED imply it.
    bool in_earlier_revision{};
};

namespace detail {
inline RollbackFile from_c(const cdp_rollback_file &c)
{
    RollbackFile v;
    v.path = detail::string(c.path);
    v.change = static_cast<RollbackFileChange>(c.change);
    v.in_earlier_revision = c.in_earlier_revision != 0;
    return v;
}
inline cdp_rollback_file to_c(const RollbackFile &v)
{
    cdp_rollback_file c{};
    c.size = sizeof c;
    c.path = detail::text(v.path);
    c.change = static_cast<cdp_rollback_file_change>(v.change);
    c.in_earlier_revision = v.in_earlier_revision ? 1 : 0;
    return c;
}
} // namespace detail

/// The answer as a whole.
struct RollbackPlanInfoFields {
    /// 1 when there is a rollback.
    bool possible{};
    /// 1 when one was asked for or is configured for the cause; only then the records of the
    ///  deployment say why there is none.
    bool wanted{};
    RollbackRefusal refusal{};
    /// What will happen, or why nothing will: a sentence or two.
    std::string_view message{};
    RollbackKind kind{};
    RollbackCause cause{};
    Platform platform{};
    DeploymentType deployment_type{};
    /// Whose events a target of the new deployment goes through, or on Lambda and ECS those that its
    ///  record lists (as Succeeded, in a reroute); for cdp_lifecycle_plan_find().
    ///  Scenario::Default where steps differ (blue/green on Server) and without a rollback.
    Scenario scenario{};
    /// What the deployment that is rolled back ends as and stays: Failed or Stopped. 0 for a manual
    ///  one.
    DeploymentStatus triggering_status{};
    /// As in the situation; absent for a manual one.
    std::optional<std::string_view> triggering_id{};
    DeploymentCreator creator{};
    /// The deployment whose revision comes back; absent where there is none (Lambda and ECS go back
    ///  without).
    std::optional<std::string_view> source_id{};
    /// 1 when it is known to be the same as what is rolled back.
    bool same_revision{};
    /// 1 when it is known to be gone: the rollback will fail.
    bool revision_missing{};
    FileExistsBehavior file_exists_behavior{};
    bool ignore_application_stop_failures{};
    /// 1: the configuration goes zone by zone, and the rollback does not.
    bool zones_ignored{};
    /// In place, automatic: how many instances of those that take part have to stay healthy, in
    ///  place of the configuration's minimum: that minimum of the whole fleet, less the healthy
    ///  instances that take no part. -1 where the configuration's own holds.
    std::int64_t minimum{};
    /// 1 when scripts or hook functions run in it.
    bool runs_hooks{};
    /// Lambda and ECS: percent of the production traffic that the replacement gets before and
    ///  after; for a manual redeploy, a new replacement, 0 and 100. -1 on Server.
    std::int32_t weight_before{};
    std::int32_t weight_after{};
    /// ECS: whether the test listener leads to the replacement before and after.
    bool test_traffic_before{};
    bool test_traffic_after{};
    /// How long it takes from its start, and what that is worth.
    Milliseconds duration{};
    RollbackBasis duration_basis{};
};

namespace detail {
inline RollbackPlanInfoFields from_c(const cdp_rollback_plan_info &c)
{
    RollbackPlanInfoFields v;
    v.possible = c.possible != 0;
    v.wanted = c.wanted != 0;
    v.refusal = static_cast<RollbackRefusal>(c.refusal);
    v.message = detail::view(c.message);
    v.kind = static_cast<RollbackKind>(c.kind);
    v.cause = static_cast<RollbackCause>(c.cause);
    v.platform = static_cast<Platform>(c.platform);
    v.deployment_type = static_cast<DeploymentType>(c.deployment_type);
    v.scenario = static_cast<Scenario>(c.scenario);
    v.triggering_status = static_cast<DeploymentStatus>(c.triggering_status);
    v.triggering_id = detail::optional_view(c.triggering_id);
    v.creator = static_cast<DeploymentCreator>(c.creator);
    v.source_id = detail::optional_view(c.source_id);
    v.same_revision = c.same_revision != 0;
    v.revision_missing = c.revision_missing != 0;
    v.file_exists_behavior = static_cast<FileExistsBehavior>(c.file_exists_behavior);
    v.ignore_application_stop_failures = c.ignore_application_stop_failures != 0;
    v.zones_ignored = c.zones_ignored != 0;
    v.minimum = c.minimum;
    v.runs_hooks = c.runs_hooks != 0;
    v.weight_before = c.weight_before;
    v.weight_after = c.weight_after;
    v.test_traffic_before = c.test_traffic_before != 0;
    v.test_traffic_after = c.test_traffic_after != 0;
    v.duration = Milliseconds(c.duration_ms);
    v.duration_basis = static_cast<RollbackBasis>(c.duration_basis);
    return v;
}
inline cdp_rollback_plan_info to_c(const RollbackPlanInfoFields &v)
{
    cdp_rollback_plan_info c{};
    c.size = sizeof c;
    c.possible = v.possible ? 1 : 0;
    c.wanted = v.wanted ? 1 : 0;
    c.refusal = static_cast<cdp_rollback_refusal>(v.refusal);
    c.message = detail::text(v.message);
    c.kind = static_cast<cdp_rollback_kind>(v.kind);
    c.cause = static_cast<cdp_rollback_cause>(v.cause);
    c.platform = static_cast<cdp_platform>(v.platform);
    c.deployment_type = static_cast<cdp_deployment_type>(v.deployment_type);
    c.scenario = static_cast<cdp_scenario>(v.scenario);
    c.triggering_status = static_cast<cdp_deployment_status>(v.triggering_status);
    c.triggering_id = detail::text(v.triggering_id);
    c.creator = static_cast<cdp_deployment_creator>(v.creator);
    c.source_id = detail::text(v.source_id);
    c.same_revision = v.same_revision ? 1 : 0;
    c.revision_missing = v.revision_missing ? 1 : 0;
    c.file_exists_behavior = static_cast<cdp_file_exists_behavior>(v.file_exists_behavior);
    c.ignore_application_stop_failures = v.ignore_application_stop_failures ? 1 : 0;
    c.zones_ignored = v.zones_ignored ? 1 : 0;
    c.minimum = v.minimum;
    c.runs_hooks = v.runs_hooks ? 1 : 0;
    c.weight_before = v.weight_before;
    c.weight_after = v.weight_after;
    c.test_traffic_before = v.test_traffic_before ? 1 : 0;
    c.test_traffic_after = v.test_traffic_after ? 1 : 0;
    c.duration_ms = v.duration.count();
    c.duration_basis = static_cast<cdp_rollback_basis>(v.duration_basis);
    return c;
}
} // namespace detail

struct RollbackStepFields {
    RollbackStepKind kind{};
    /// The events that each target goes through, for cdp_lifecycle_plan_find();
    ///  Scenario::Default for a step without events.
    Scenario scenario{};
    std::size_t event_count{};
    /// Percent of the (test) traffic that the replacement gets before and after; -1 where the step
    ///  does not change it by weights.
    std::int32_t weight_before{};
    std::int32_t weight_after{};
    /// Its targets: `target_count` of cdp_rollback_plan_target_at() from this index, in the order in
    ///  which they are worked on. 0 for a step that concerns no single target.
    std::size_t first_target{};
    std::size_t target_count{};
    /// How many targets are worked on at a time at most.
    std::size_t concurrency{};
    Milliseconds duration{};
    RollbackBasis duration_basis{};
    std::string_view sentence{};
};

namespace detail {
inline RollbackStepFields from_c(const cdp_rollback_step &c)
{
    RollbackStepFields v;
    v.kind = static_cast<RollbackStepKind>(c.kind);
    v.scenario = static_cast<Scenario>(c.scenario);
    v.event_count = c.event_count;
    v.weight_before = c.weight_before;
    v.weight_after = c.weight_after;
    v.first_target = c.first_target;
    v.target_count = c.target_count;
    v.concurrency = c.concurrency;
    v.duration = Milliseconds(c.duration_ms);
    v.duration_basis = static_cast<RollbackBasis>(c.duration_basis);
    v.sentence = detail::view(c.sentence);
    return v;
}
inline cdp_rollback_step to_c(const RollbackStepFields &v)
{
    cdp_rollback_step c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_rollback_step_kind>(v.kind);
    c.scenario = static_cast<cdp_scenario>(v.scenario);
    c.event_count = v.event_count;
    c.weight_before = v.weight_before;
    c.weight_after = v.weight_after;
    c.first_target = v.first_target;
    c.target_count = v.target_count;
    c.concurrency = v.concurrency;
    c.duration_ms = v.duration.count();
    c.duration_basis = static_cast<cdp_rollback_basis>(v.duration_basis);
    c.sentence = detail::text(v.sentence);
    return c;
}
} // namespace detail

/// One event that a target of a step goes through.
struct RollbackStepEvent {
    Event event{};
    bool scriptable{};
    /// Where a script is taken from; RevisionSource::None for an event that runs none. Of
    ///  RevisionSource::LastSuccessful and RevisionSource::MostRecent each target tells which
    ///  deployment's that is (cdp_rollback_plan_target).
    RevisionSource revision{};
    std::string_view name{};
};

namespace detail {
inline RollbackStepEvent from_c(const cdp_rollback_step_event &c)
{
    RollbackStepEvent v;
    v.event = static_cast<Event>(c.event);
    v.scriptable = c.scriptable != 0;
    v.revision = static_cast<RevisionSource>(c.revision);
    v.name = detail::view(c.name);
    return v;
}
inline cdp_rollback_step_event to_c(const RollbackStepEvent &v)
{
    cdp_rollback_step_event c{};
    c.size = sizeof c;
    c.event = static_cast<cdp_event>(v.event);
    c.scriptable = v.scriptable ? 1 : 0;
    c.revision = static_cast<cdp_revision_source>(v.revision);
    c.name = detail::text(v.name);
    return c;
}
} // namespace detail

/// A target of the plan.
struct RollbackPlanTarget {
    std::string_view id{};
    std::optional<std::string_view> zone{};
    /// Its index in the situation.
    std::size_t index{};
    bool original{};
    RollbackPart part{};
    /// The step it is part of; CDP_ROLLBACK_NONE for one that is left out.
    std::optional<std::size_t> step{};
    /// As it counts for the order.
    InstanceHealth instance_health{};
    RevisionHealth revision_health{};
    /// Whose revision's scripts run for the events that take the last successful and the most
    ///  recent one: of the official agent, the one whose Install or DownloadBundle ended last on the
    ///  target, even if its deployment failed. Absent when nobody knows.
    std::optional<std::string_view> last_successful_id{};
    std::optional<std::string_view> most_recent_id{};
};

namespace detail {
inline RollbackPlanTarget from_c(const cdp_rollback_plan_target &c)
{
    RollbackPlanTarget v;
    v.id = detail::view(c.id);
    v.zone = detail::optional_view(c.zone);
    v.index = c.index;
    v.original = c.original != 0;
    v.part = static_cast<RollbackPart>(c.part);
    v.step = detail::index(c.step, CDP_ROLLBACK_NONE);
    v.instance_health = static_cast<InstanceHealth>(c.instance_health);
    v.revision_health = static_cast<RevisionHealth>(c.revision_health);
    v.last_successful_id = detail::optional_view(c.last_successful_id);
    v.most_recent_id = detail::optional_view(c.most_recent_id);
    return v;
}
inline cdp_rollback_plan_target to_c(const RollbackPlanTarget &v)
{
    cdp_rollback_plan_target c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.zone = detail::text(v.zone);
    c.index = v.index;
    c.original = v.original ? 1 : 0;
    c.part = static_cast<cdp_rollback_part>(v.part);
    c.step = v.step.value_or(CDP_ROLLBACK_NONE);
    c.instance_health = static_cast<cdp_instance_health>(v.instance_health);
    c.revision_health = static_cast<cdp_revision_health>(v.revision_health);
    c.last_successful_id = detail::text(v.last_successful_id);
    c.most_recent_id = detail::text(v.most_recent_id);
    return c;
}
} // namespace detail

struct RollbackEffect {
    RollbackEffectKind kind{};
    /// How many targets it concerns; 0 where that is no question.
    std::size_t target_count{};
    /// The one that it concerns, when it is only one: an index of cdp_rollback_plan_target_at(),
    ///  else CDP_ROLLBACK_NONE.
    std::optional<std::size_t> target{};
    /// Absent when it concerns no single file.
    std::optional<std::string_view> path{};
    std::string_view sentence{};
};

namespace detail {
inline RollbackEffect from_c(const cdp_rollback_effect &c)
{
    RollbackEffect v;
    v.kind = static_cast<RollbackEffectKind>(c.kind);
    v.target_count = c.target_count;
    v.target = detail::index(c.target, CDP_ROLLBACK_NONE);
    v.path = detail::optional_view(c.path);
    v.sentence = detail::view(c.sentence);
    return v;
}
inline cdp_rollback_effect to_c(const RollbackEffect &v)
{
    cdp_rollback_effect c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_rollback_effect_kind>(v.kind);
    c.target_count = v.target_count;
    c.target = v.target.value_or(CDP_ROLLBACK_NONE);
    c.path = detail::text(v.path);
    c.sentence = detail::text(v.sentence);
    return c;
}
} // namespace detail

/// What is known of one path. Members that a host cannot tell are 0.
struct FileInfo {
    FileKind kind{};
    /// Permission bits with set-id and sticky bits, `07777`.
    std::uint32_t mode{};
    /// Length of a regular file.
    std::uint64_t bytes{};
    /// Two paths with the same pair of non-zero `inode` and `device` are the same file.
    std::uint64_t device{};
    std::uint64_t inode{};
    /// Hard links to the file.
    std::uint64_t links{};
    /// Time of the last change of content: seconds since 1970 UTC, and nanoseconds below them.
    std::int64_t modified_seconds{};
    std::uint32_t modified_nanoseconds{};
    /// Numeric owner and group.
    std::uint32_t owner{};
    std::uint32_t group{};
    /// In FileRoot::Destination, sum of FsObstacle: they are conflicts of a plan, or seen to.
    ///  What a host does not tell is found when it is changed, which is then undone.
    std::uint32_t obstacles{};
};

namespace detail {
inline FileInfo from_c(const cdp_fs_info &c)
{
    FileInfo v;
    v.kind = static_cast<FileKind>(c.kind);
    v.mode = c.mode;
    v.bytes = c.bytes;
    v.device = c.device;
    v.inode = c.inode;
    v.links = c.links;
    v.modified_seconds = c.modified_seconds;
    v.modified_nanoseconds = c.modified_nanoseconds;
    v.owner = c.owner;
    v.group = c.group;
    v.obstacles = c.obstacles;
    return v;
}
inline cdp_fs_info to_c(const FileInfo &v)
{
    cdp_fs_info c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_fs_kind>(v.kind);
    c.mode = v.mode;
    c.bytes = v.bytes;
    c.device = v.device;
    c.inode = v.inode;
    c.links = v.links;
    c.modified_seconds = v.modified_seconds;
    c.modified_nanoseconds = v.modified_nanoseconds;
    c.owner = v.owner;
    c.group = v.group;
    c.obstacles = v.obstacles;
    return c;
}
} // namespace detail

/// One of several copies that are asked for at once.
struct FsCopy {
    /// As the arguments of `copy_file`.
    std::optional<std::string_view> from{};
    std::optional<std::string_view> to{};
    FileRoot from_root{};
    FileRoot to_root{};
    std::uint32_t keep{};
    /// Set by the host: how many bytes were copied.
    std::uint64_t bytes{};
};

namespace detail {
inline FsCopy from_c(const cdp_fs_copy &c)
{
    FsCopy v;
    v.from = detail::optional_view(c.from);
    v.to = detail::optional_view(c.to);
    v.from_root = static_cast<FileRoot>(c.from_root);
    v.to_root = static_cast<FileRoot>(c.to_root);
    v.keep = c.keep;
    v.bytes = c.bytes;
    return v;
}
inline cdp_fs_copy to_c(const FsCopy &v)
{
    cdp_fs_copy c{};
    c.size = sizeof c;
    c.from = detail::text(v.from);
    c.to = detail::text(v.to);
    c.from_root = static_cast<cdp_fs_root>(v.from_root);
    c.to_root = static_cast<cdp_fs_root>(v.to_root);
    c.keep = v.keep;
    c.bytes = v.bytes;
    return c;
}
} // namespace detail

/// An SELinux context as an AppSpec gives it. A member that is not given is absent.
struct FileContext {
    /// SELinux user.
    std::optional<std::string_view> user{};
    /// Always given.
    std::string_view type{};
    /// Canonical, such as `s0-s2:c0.c3,c7`.
    std::optional<std::string_view> range{};
};

namespace detail {
inline FileContext from_c(const cdp_fs_context &c)
{
    FileContext v;
    v.user = detail::optional_view(c.user);
    v.type = detail::view(c.type);
    v.range = detail::optional_view(c.range);
    return v;
}
inline cdp_fs_context to_c(const FileContext &v)
{
    cdp_fs_context c{};
    c.size = sizeof c;
    c.user = detail::text(v.user);
    c.type = detail::text(v.type);
    c.range = detail::text(v.range);
    return c;
}
} // namespace detail

/// How much there is to do.
struct InstallTotals {
    /// Files and links to copy, and how many of them are links.
    std::uint64_t files{};
    std::uint64_t links{};
    /// Directories to make.
    std::uint64_t directories{};
    /// Bytes to copy; 0 when they were not measured.
    std::uint64_t bytes{};
    /// Files that stand in the way and stay (RETAIN), and those that are replaced (OVERWRITE).
    std::uint64_t retained{};
    std::uint64_t overwritten{};
    /// Files and links of the previous install to remove, and its directories that this empties.
    std::uint64_t removed_files{};
    std::uint64_t removed_directories{};
    /// Memory that the plan holds.
    std::uint64_t memory{};
};

namespace detail {
inline InstallTotals from_c(const cdp_install_totals &c)
{
    InstallTotals v;
    v.files = c.files;
    v.links = c.links;
    v.directories = c.directories;
    v.bytes = c.bytes;
    v.retained = c.retained;
    v.overwritten = c.overwritten;
    v.removed_files = c.removed_files;
    v.removed_directories = c.removed_directories;
    v.memory = c.memory;
    return v;
}
inline cdp_install_totals to_c(const InstallTotals &v)
{
    cdp_install_totals c{};
    c.size = sizeof c;
    c.files = v.files;
    c.links = v.links;
    c.directories = v.directories;
    c.bytes = v.bytes;
    c.retained = v.retained;
    c.overwritten = v.overwritten;
    c.removed_files = v.removed_files;
    c.removed_directories = v.removed_directories;
    c.memory = v.memory;
    return c;
}
} // namespace detail

/// Why a plan cannot be applied. Strings belong to the plan.
struct InstallConflict {
    /// Which rule; cdp_diagnostic_info_get() tells all about it.
    DiagnosticCode code{};
    /// What is at `path` now.
    FileKind existing{};
    /// The destination, object or source that it is about; absent when there is none.
    std::optional<std::string_view> path{};
    /// What was to go there, when that is known.
    std::optional<std::string_view> source{};
    /// The group that installed what is in the way, when that is known.
    std::optional<std::string_view> owner{};
    /// One sentence, the same as in the diagnostics.
    std::string_view message{};
    /// JSON Pointer to the entry of the AppSpec: `/files/3`, `/permissions/0`.
    std::optional<std::string_view> pointer{};
};

namespace detail {
inline InstallConflict from_c(const cdp_install_conflict &c)
{
    InstallConflict v;
    v.code = static_cast<DiagnosticCode>(c.code);
    v.existing = static_cast<FileKind>(c.existing);
    v.path = detail::optional_view(c.path);
    v.source = detail::optional_view(c.source);
    v.owner = detail::optional_view(c.owner);
    v.message = detail::view(c.message);
    v.pointer = detail::optional_view(c.pointer);
    return v;
}
inline cdp_install_conflict to_c(const InstallConflict &v)
{
    cdp_install_conflict c{};
    c.size = sizeof c;
    c.code = static_cast<cdp_diagnostic_code>(v.code);
    c.existing = static_cast<cdp_fs_kind>(v.existing);
    c.path = detail::text(v.path);
    c.source = detail::text(v.source);
    c.owner = detail::text(v.owner);
    c.message = detail::text(v.message);
    c.pointer = detail::text(v.pointer);
    return c;
}
} // namespace detail

/// One instruction. What does not belong to its type is absent or 0.
struct InstallInstructionFields {
    InstallInstructionType type{};
    /// chmod: the mode's bits.
    std::uint32_t mode_bits{};
    /// copy: the file or link to copy.
    std::optional<std::string> source{};
    /// copy: where to; mkdir: the directory; all others: the file or directory to change.
    std::string path{};
    /// chmod: the mode as the AppSpec has it, `"0644"` or `"644"`.
    std::optional<std::string> mode{};
    /// chown: either may be absent.
    std::optional<std::string> owner{};
    std::optional<std::string> group{};
    /// semanage: user and range may be absent.
    std::optional<std::string> context_user{};
    std::optional<std::string> context_type{};
    std::optional<std::string> context_range{};
    /// setfacl: how many entries; see cdp_install_plan_acl_at().
    std::size_t acl_count{};
};

namespace detail {
inline InstallInstructionFields from_c(const cdp_install_instruction &c)
{
    InstallInstructionFields v;
    v.type = static_cast<InstallInstructionType>(c.type);
    v.mode_bits = c.mode_bits;
    v.source = detail::optional_string(c.source);
    v.path = detail::string(c.path);
    v.mode = detail::optional_string(c.mode);
    v.owner = detail::optional_string(c.owner);
    v.group = detail::optional_string(c.group);
    v.context_user = detail::optional_string(c.context_user);
    v.context_type = detail::optional_string(c.context_type);
    v.context_range = detail::optional_string(c.context_range);
    v.acl_count = c.acl_count;
    return v;
}
inline cdp_install_instruction to_c(const InstallInstructionFields &v)
{
    cdp_install_instruction c{};
    c.size = sizeof c;
    c.type = static_cast<cdp_install_instruction_type>(v.type);
    c.mode_bits = v.mode_bits;
    c.source = detail::text(v.source);
    c.path = detail::text(v.path);
    c.mode = detail::text(v.mode);
    c.owner = detail::text(v.owner);
    c.group = detail::text(v.group);
    c.context_user = detail::text(v.context_user);
    c.context_type = detail::text(v.context_type);
    c.context_range = detail::text(v.context_range);
    c.acl_count = v.acl_count;
    return c;
}
} // namespace detail

/// How far an install is.
struct InstallProgress {
    InstallState state{};
    /// What was last begun; valid during the callback, or until the next step.
    std::string_view path{};
    /// Files, links and directories made ready so far, and in all.
    std::uint64_t objects{};
    std::uint64_t objects_total{};
    /// Bytes copied so far, and in all (0 when the plan was not measured).
    std::uint64_t bytes{};
    std::uint64_t bytes_total{};
};

namespace detail {
inline InstallProgress from_c(const cdp_install_progress &c)
{
    InstallProgress v;
    v.state = static_cast<InstallState>(c.state);
    v.path = detail::view(c.path);
    v.objects = c.objects;
    v.objects_total = c.objects_total;
    v.bytes = c.bytes;
    v.bytes_total = c.bytes_total;
    return v;
}
inline cdp_install_progress to_c(const InstallProgress &v)
{
    cdp_install_progress c{};
    c.size = sizeof c;
    c.state = static_cast<cdp_install_state>(v.state);
    c.path = detail::text(v.path);
    c.objects = v.objects;
    c.objects_total = v.objects_total;
    c.bytes = v.bytes;
    c.bytes_total = v.bytes_total;
    return c;
}
} // namespace detail

/// One action. Strings belong to the deployment and what it borrows, and are valid until the next
///  input.
struct DeploymentAction {
    /// Not twice in one deployment, never 0.
    std::uint64_t token{};
    DeploymentActionKind kind{};
    /// 1 when it has to be answered.
    bool needs_answer{};
    /// 1 when it was told before the snapshot that this deployment was restored from: what it asks
    ///  for may have been begun, or done.
    bool repeated{};
    /// CDP_DEPLOYMENT_NO_TARGET when it concerns none.
    std::optional<std::uint32_t> target{};
    /// The index of the event in the target's plan; CDP_DEPLOYMENT_NO_EVENT when there is none.
    std::optional<std::uint32_t> event{};
    Event event_kind{};
    std::optional<std::string> target_id{};
    std::optional<std::string> event_name{};
    /// Lambda, ECS: the function to invoke. Absent otherwise.
    std::optional<std::string> hook{};
    /// Server: where the scripts are taken from.
    RevisionSource revision{};
    /// 1 when it concerns an original (blue) instance or task set.
    bool original{};
    /// When it was told, and when it is due; INT64_MAX when never.
    Milliseconds issued{};
    Milliseconds deadline{};
    std::int32_t weight{};
    std::int32_t original_weight{};
    /// DeploymentActionKind::Cancel: what to end.
    std::uint64_t cancels{};
    /// DeploymentActionKind::Notify: which of the group's triggers, and of what it is told.
    std::uint32_t trigger{};
    TriggerEvent trigger_event{};
    std::optional<std::string> trigger_name{};
    std::optional<std::string> trigger_target_arn{};
    /// DeploymentActionKind::Install. Never UNSET there.
    FileExistsBehavior file_exists_behavior{};
    RolloutLifecycleAnswer lifecycle_answer{};
    /// DeploymentActionKind::DeployTarget
    RolloutPhase phase{};
    /// DeploymentActionKind::Notify: the status that it tells, a TargetStatus when there is a
    ///  target, else a DeploymentStatus; 0 otherwise.
    int status{};
};

namespace detail {
inline DeploymentAction from_c(const cdp_deployment_action &c)
{
    DeploymentAction v;
    v.token = c.token;
    v.kind = static_cast<DeploymentActionKind>(c.kind);
    v.needs_answer = c.needs_answer != 0;
    v.repeated = c.repeated != 0;
    v.target = detail::index(c.target, CDP_DEPLOYMENT_NO_TARGET);
    v.event = detail::index(c.event, CDP_DEPLOYMENT_NO_TARGET);
    v.event_kind = static_cast<Event>(c.event_kind);
    v.target_id = detail::optional_string(c.target_id);
    v.event_name = detail::optional_string(c.event_name);
    v.hook = detail::optional_string(c.hook);
    v.revision = static_cast<RevisionSource>(c.revision);
    v.original = c.original != 0;
    v.issued = Milliseconds(c.issued_ms);
    v.deadline = Milliseconds(c.deadline_ms);
    v.weight = c.weight;
    v.original_weight = c.original_weight;
    v.cancels = c.cancels;
    v.trigger = c.trigger;
    v.trigger_event = static_cast<TriggerEvent>(c.trigger_event);
    v.trigger_name = detail::optional_string(c.trigger_name);
    v.trigger_target_arn = detail::optional_string(c.trigger_target_arn);
    v.file_exists_behavior = static_cast<FileExistsBehavior>(c.file_exists_behavior);
    v.lifecycle_answer = static_cast<RolloutLifecycleAnswer>(c.lifecycle_answer);
    v.phase = static_cast<RolloutPhase>(c.phase);
    v.status = c.status;
    return v;
}
inline cdp_deployment_action to_c(const DeploymentAction &v)
{
    cdp_deployment_action c{};
    c.size = sizeof c;
    c.token = v.token;
    c.kind = static_cast<cdp_deployment_action_kind>(v.kind);
    c.needs_answer = v.needs_answer ? 1 : 0;
    c.repeated = v.repeated ? 1 : 0;
    c.target = v.target.value_or(CDP_DEPLOYMENT_NO_TARGET);
    c.event = v.event.value_or(CDP_DEPLOYMENT_NO_TARGET);
    c.event_kind = static_cast<cdp_event>(v.event_kind);
    c.target_id = detail::text(v.target_id);
    c.event_name = detail::text(v.event_name);
    c.hook = detail::text(v.hook);
    c.revision = static_cast<cdp_revision_source>(v.revision);
    c.original = v.original ? 1 : 0;
    c.issued_ms = v.issued.count();
    c.deadline_ms = v.deadline.count();
    c.weight = v.weight;
    c.original_weight = v.original_weight;
    c.cancels = v.cancels;
    c.trigger = v.trigger;
    c.trigger_event = static_cast<cdp_trigger_event>(v.trigger_event);
    c.trigger_name = detail::text(v.trigger_name);
    c.trigger_target_arn = detail::text(v.trigger_target_arn);
    c.file_exists_behavior = static_cast<cdp_file_exists_behavior>(v.file_exists_behavior);
    c.lifecycle_answer = static_cast<cdp_rollout_lifecycle_answer>(v.lifecycle_answer);
    c.phase = static_cast<cdp_rollout_phase>(v.phase);
    c.status = v.status;
    return c;
}
} // namespace detail

/// One change. Strings are valid until the next input.
struct DeploymentChange {
    DeploymentChangeKind kind{};
    std::optional<std::uint32_t> target{};
    std::optional<std::uint32_t> event{};
    /// The one that the kind speaks of; the others are 0.
    DeploymentStatus status{};
    TargetStatus target_status{};
    EventStatus event_status{};
    EventError error{};
    ErrorCode code{};
    AlarmState alarm_state{};
    DeploymentWait wait{};
    RolloutRule rule{};
    std::int32_t weight{};
    /// The code of the host's callback that caused it; 0 when none did.
    Status host_status{};
    Milliseconds time{};
    Milliseconds until{};
    std::optional<std::string> target_id{};
    /// An event's or alarm's.
    std::optional<std::string> name{};
    std::optional<std::string> message{};
};

namespace detail {
inline DeploymentChange from_c(const cdp_deployment_change &c)
{
    DeploymentChange v;
    v.kind = static_cast<DeploymentChangeKind>(c.kind);
    v.target = detail::index(c.target, CDP_DEPLOYMENT_NO_TARGET);
    v.event = detail::index(c.event, CDP_DEPLOYMENT_NO_TARGET);
    v.status = static_cast<DeploymentStatus>(c.status);
    v.target_status = static_cast<TargetStatus>(c.target_status);
    v.event_status = static_cast<EventStatus>(c.event_status);
    v.error = static_cast<EventError>(c.error);
    v.code = static_cast<ErrorCode>(c.code);
    v.alarm_state = static_cast<AlarmState>(c.alarm_state);
    v.wait = static_cast<DeploymentWait>(c.wait);
    v.rule = static_cast<RolloutRule>(c.rule);
    v.weight = c.weight;
    v.host_status = static_cast<Status>(c.host_status);
    v.time = Milliseconds(c.time_ms);
    v.until = Milliseconds(c.until_ms);
    v.target_id = detail::optional_string(c.target_id);
    v.name = detail::optional_string(c.name);
    v.message = detail::optional_string(c.message);
    return v;
}
inline cdp_deployment_change to_c(const DeploymentChange &v)
{
    cdp_deployment_change c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_deployment_change_kind>(v.kind);
    c.target = v.target.value_or(CDP_DEPLOYMENT_NO_TARGET);
    c.event = v.event.value_or(CDP_DEPLOYMENT_NO_TARGET);
    c.status = static_cast<cdp_deployment_status>(v.status);
    c.target_status = static_cast<cdp_target_status>(v.target_status);
    c.event_status = static_cast<cdp_event_status>(v.event_status);
    c.error = static_cast<cdp_event_error>(v.error);
    c.code = static_cast<cdp_error_code>(v.code);
    c.alarm_state = static_cast<cdp_alarm_state>(v.alarm_state);
    c.wait = static_cast<cdp_deployment_wait>(v.wait);
    c.rule = static_cast<cdp_rollout_rule>(v.rule);
    c.weight = v.weight;
    c.host_status = static_cast<cdp_status>(v.host_status);
    c.time_ms = v.time.count();
    c.until_ms = v.until.count();
    c.target_id = detail::text(v.target_id);
    c.name = detail::text(v.name);
    c.message = detail::text(v.message);
    return c;
}
} // namespace detail

/// A deployment at a glance. Strings are valid until the next input.
struct DeploymentInfo {
    std::string id{};
    DeploymentStatus status{};
    Platform platform{};
    DeploymentType type{};
    DeploymentCreator creator{};
    /// Why it failed or was stopped; ErrorCode::None otherwise.
    ErrorCode error_code{};
    /// 1 while it is being stopped or is failing, and something still runs.
    bool ending{};
    std::optional<std::string> error_message{};
    /// -1 when not yet.
    Milliseconds create{};
    Milliseconds start{};
    Milliseconds complete{};
    /// Targets (deploymentOverview).
    std::uint32_t pending{};
    std::uint32_t in_progress{};
    std::uint32_t succeeded{};
    std::uint32_t failed{};
    std::uint32_t skipped{};
    std::uint32_t ready{};
    std::uint32_t unknown{};
    /// What is waited for, and until when (INT64_MAX: until somebody continues).
    DeploymentWait wait{};
    Milliseconds wait_until{};
    /// instanceTerminationWaitTimeStarted
    bool termination_wait_started{};
    /// Percent of the production traffic that go to the replacement and to the original; on Server
    ///  0 and 100.
    std::int32_t weight{};
    std::int32_t original_weight{};
    /// The same of the test traffic; 0 and 100 without.
    std::int32_t test_weight{};
    /// 1 when an automatic rollback was wanted.
    bool rollback_wanted{};
    /// rollbackInfo; absent where the API has nothing.
    std::optional<std::string> rollback_id{};
    std::optional<std::string> rollback_triggering_id{};
    std::optional<std::string> rollback_message{};
    /// relatedDeployments
    std::optional<std::string> follow_up_id{};
    /// StopDeployment's answer; 0 when it was not stopped.
    StopStatus stop_status{};
    /// How many actions are open.
    std::uint32_t open_actions{};
};

namespace detail {
inline DeploymentInfo from_c(const cdp_deployment_info &c)
{
    DeploymentInfo v;
    v.id = detail::string(c.id);
    v.status = static_cast<DeploymentStatus>(c.status);
    v.platform = static_cast<Platform>(c.platform);
    v.type = static_cast<DeploymentType>(c.type);
    v.creator = static_cast<DeploymentCreator>(c.creator);
    v.error_code = static_cast<ErrorCode>(c.error_code);
    v.ending = c.ending != 0;
    v.error_message = detail::optional_string(c.error_message);
    v.create = Milliseconds(c.create_ms);
    v.start = Milliseconds(c.start_ms);
    v.complete = Milliseconds(c.complete_ms);
    v.pending = c.pending;
    v.in_progress = c.in_progress;
    v.succeeded = c.succeeded;
    v.failed = c.failed;
    v.skipped = c.skipped;
    v.ready = c.ready;
    v.unknown = c.unknown;
    v.wait = static_cast<DeploymentWait>(c.wait);
    v.wait_until = Milliseconds(c.wait_until_ms);
    v.termination_wait_started = c.termination_wait_started != 0;
    v.weight = c.weight;
    v.original_weight = c.original_weight;
    v.test_weight = c.test_weight;
    v.rollback_wanted = c.rollback_wanted != 0;
    v.rollback_id = detail::optional_string(c.rollback_id);
    v.rollback_triggering_id = detail::optional_string(c.rollback_triggering_id);
    v.rollback_message = detail::optional_string(c.rollback_message);
    v.follow_up_id = detail::optional_string(c.follow_up_id);
    v.stop_status = static_cast<StopStatus>(c.stop_status);
    v.open_actions = c.open_actions;
    return v;
}
inline cdp_deployment_info to_c(const DeploymentInfo &v)
{
    cdp_deployment_info c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.status = static_cast<cdp_deployment_status>(v.status);
    c.platform = static_cast<cdp_platform>(v.platform);
    c.type = static_cast<cdp_deployment_type>(v.type);
    c.creator = static_cast<cdp_deployment_creator>(v.creator);
    c.error_code = static_cast<cdp_error_code>(v.error_code);
    c.ending = v.ending ? 1 : 0;
    c.error_message = detail::text(v.error_message);
    c.create_ms = v.create.count();
    c.start_ms = v.start.count();
    c.complete_ms = v.complete.count();
    c.pending = v.pending;
    c.in_progress = v.in_progress;
    c.succeeded = v.succeeded;
    c.failed = v.failed;
    c.skipped = v.skipped;
    c.ready = v.ready;
    c.unknown = v.unknown;
    c.wait = static_cast<cdp_deployment_wait>(v.wait);
    c.wait_until_ms = v.wait_until.count();
    c.termination_wait_started = v.termination_wait_started ? 1 : 0;
    c.weight = v.weight;
    c.original_weight = v.original_weight;
    c.test_weight = v.test_weight;
    c.rollback_wanted = v.rollback_wanted ? 1 : 0;
    c.rollback_id = detail::text(v.rollback_id);
    c.rollback_triggering_id = detail::text(v.rollback_triggering_id);
    c.rollback_message = detail::text(v.rollback_message);
    c.follow_up_id = detail::text(v.follow_up_id);
    c.stop_status = static_cast<cdp_stop_status>(v.stop_status);
    c.open_actions = v.open_actions;
    return c;
}
} // namespace detail

/// One target.
struct DeploymentTargetFields {
    std::string id{};
    std::optional<std::string> zone{};
    TargetStatus status{};
    LifecycleReason reason{};
    /// 1 for an original of a blue/green deployment.
    bool original{};
    /// 1 when it takes part (it may be left out as up to date, or have joined too late).
    bool takes_part{};
    /// 1 when the host has terminated it.
    bool terminated{};
    /// Registered with the load balancer by this deployment (1), deregistered (2), neither (0).
    int traffic{};
    /// When anything of it last changed; -1.
    Milliseconds updated{};
    /// The last failure's message; absent.
    std::optional<std::string> message{};
};

namespace detail {
inline DeploymentTargetFields from_c(const cdp_deployment_target &c)
{
    DeploymentTargetFields v;
    v.id = detail::string(c.id);
    v.zone = detail::optional_string(c.zone);
    v.status = static_cast<TargetStatus>(c.status);
    v.reason = static_cast<LifecycleReason>(c.reason);
    v.original = c.original != 0;
    v.takes_part = c.takes_part != 0;
    v.terminated = c.terminated != 0;
    v.traffic = c.traffic;
    v.updated = Milliseconds(c.updated_ms);
    v.message = detail::optional_string(c.message);
    return v;
}
inline cdp_deployment_target to_c(const DeploymentTargetFields &v)
{
    cdp_deployment_target c{};
    c.size = sizeof c;
    c.id = detail::text(v.id);
    c.zone = detail::text(v.zone);
    c.status = static_cast<cdp_target_status>(v.status);
    c.reason = static_cast<cdp_lifecycle_reason>(v.reason);
    c.original = v.original ? 1 : 0;
    c.takes_part = v.takes_part ? 1 : 0;
    c.terminated = v.terminated ? 1 : 0;
    c.traffic = v.traffic;
    c.updated_ms = v.updated.count();
    c.message = detail::text(v.message);
    return c;
}
} // namespace detail

/// One alarm that is watched.
struct DeploymentAlarm {
    std::string name{};
    AlarmState state{};
    /// 1 when it was active at the start and does not count (AlarmPolicy::OnlyNew).
    bool excused{};
};

namespace detail {
inline DeploymentAlarm from_c(const cdp_deployment_alarm_view &c)
{
    DeploymentAlarm v;
    v.name = detail::string(c.name);
    v.state = static_cast<AlarmState>(c.state);
    v.excused = c.excused != 0;
    return v;
}
inline cdp_deployment_alarm_view to_c(const DeploymentAlarm &v)
{
    cdp_deployment_alarm_view c{};
    c.size = sizeof c;
    c.name = detail::text(v.name);
    c.state = static_cast<cdp_alarm_state>(v.state);
    c.excused = v.excused ? 1 : 0;
    return c;
}
} // namespace detail

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
