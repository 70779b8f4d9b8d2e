/* SPDX-License-Identifier: MIT */
/*
 * Mistakes as they are made in the wild, restated: each is found where it stands, with a hint that
 * says what to write, and a replacement where that is safe. Each replacement, carried out, removes
 * the finding.
 */
#include "cases.h"

#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct finding_case {
    const char *name;
    const char *text;
    cdp_diagnostic_code code;
    cdp_severity severity; /* in profile agent */
    uint32_t line;
    uint32_t column;
    const char *hint; /* a part of it; NULL: not looked at */
    const char *fix;  /* NULL: there is none */
} finding_case;

#define SERVER "version: 0.0\nos: linux\n"
#define FILES SERVER "files:\n"
#define ENTRY(source, destination)                                                                 \
    FILES "  - source: " source "\n    destination: " destination "\n"
#define PERMISSION(rest) ENTRY("/", "/srv/app") "permissions:\n  - object: /srv/app\n    " rest "\n"
#define SCRIPT(rest) SERVER "hooks:\n  AfterInstall:\n    - location: a.sh\n      " rest "\n"
#define ERROR CDP_SEVERITY_ERROR
#define WARNING CDP_SEVERITY_WARNING
#define NOTE CDP_SEVERITY_NOTE
#define CODE(name) CDP_DIAGNOSTIC_##name

static const finding_case server[] = {
    /* the whole */
    {"empty", "", CODE(APPSPEC_EMPTY), ERROR, 1, 1, "version: 0.0", NULL},
    {"comments only", "# nothing\n", CODE(APPSPEC_EMPTY), ERROR, 1, 1, NULL, NULL},
    {"a list", "- version: 0.0\n", CODE(APPSPEC_NOT_A_MAPPING), ERROR, 1, 1, "key: value", NULL},
    {"no blank behind the colon", "version:0.0\n", CODE(APPSPEC_NOT_A_MAPPING), ERROR, 1, 1,
     "blank behind each colon", NULL},
    {"json", "{\"version\": 0.0, \"os\": \"linux\"}", CODE(APPSPEC_IS_JSON), NOTE, 1, 1,
     "convert --to yaml", NULL},
    {"resources too", SERVER "Resources: []\n", CODE(APPSPEC_PLATFORM_CONFLICT), WARNING, 3, 1,
     "one file for each", NULL},
    {"template left in", ENTRY("${SRC}", "/srv"), CODE(APPSPEC_PLACEHOLDER), WARNING, 4, 13,
     "no variables", NULL},
    {"mustache unquoted", SERVER "hooks:\n  AfterInstall:\n    - location: {{ script }}\n",
     CODE(APPSPEC_PLACEHOLDER), WARNING, 5, 17, "Replace it", NULL},
    {"angle brackets", ENTRY("<DIR>", "/srv"), CODE(APPSPEC_PLACEHOLDER), WARNING, 4, 13, NULL,
     NULL},
    {"percent signs", ENTRY("'%DIR%'", "/srv"), CODE(APPSPEC_PLACEHOLDER), WARNING, 4, 13, NULL,
     NULL},
    {"smart quotes around a pattern", PERMISSION("pattern: \xE2\x80\x9C*.html\xE2\x80\x9D"),
     CODE(SMART_QUOTES), WARNING, 8, 14, "Write \"*.html\", with straight", "\"*.html\""},
    {"no-break space behind a key", FILES "  - source\xC2\xA0: a\n    destination: /b\n",
     CODE(APPSPEC_INVISIBLE_CHARACTER), WARNING, 4, 5, "source", "source"},
    {"zero-width space in a value", ENTRY("a\xE2\x80\x8B", "/srv"),
     CODE(APPSPEC_INVISIBLE_CHARACTER), WARNING, 4, 13, "Write `a`", "\"a\""},
    {"indented with no-break spaces",
     SERVER "hooks:\n\xC2\xA0\xC2\xA0"
            "AfterInstall:\n    - location: a.sh\n",
     CODE(APPSPEC_INVISIBLE_CHARACTER), WARNING, 4, 1, "ordinary blanks", NULL},
    {"escapes in a Windows path", ENTRY("a", "\"C:\\temp\\new\""), CODE(APPSPEC_CONTROL_CHARACTER),
     WARNING, 5, 18, "single quotes", NULL},
    {"blanks at the ends", ENTRY("' a'", "/srv"), CODE(APPSPEC_PADDED), WARNING, 4, 13, NULL, NULL},
    /* version and os */
    {"no version", "os: linux\n", CODE(APPSPEC_VERSION_MISSING), ERROR, 1, 1, "version: 0.0", NULL},
    {"version 1.0", "version: 1.0\nos: linux\n", CODE(APPSPEC_VERSION_INVALID), ERROR, 1, 10,
     "there is no other", "0.0"},
    {"version 0.2", "version: 0.2\nos: linux\n", CODE(APPSPEC_VERSION_INVALID), ERROR, 1, 10, NULL,
     "0.0"},
    {"version in quotes", "version: \"0.0\"\nos: linux\n", CODE(APPSPEC_VERSION_QUOTED), ERROR, 1,
     10, "without quotes", "0.0"},
    {"version 0x0", "version: 0x0\nos: linux\n", CODE(APPSPEC_VERSION_UNUSUAL), WARNING, 1, 10,
     NULL, "0.0"},
    {"no os", "version: 0.0\n", CODE(OS_MISSING), ERROR, 1, 1, "os: linux", NULL},
    {"os in capitals", "version: 0.0\nos: Linux\n", CODE(OS_INVALID), ERROR, 2, 5, "lower case",
     "linux"},
    {"a distribution", "version: 0.0\nos: ubuntu\n", CODE(OS_INVALID), ERROR, 2, 5, "os: linux",
     "linux"},
    {"os with a line end", "version: 0.0\nos: |\n  linux\n", CODE(OS_INVALID), ERROR, 2, 5, NULL,
     "linux"},
    {"an os that is none", "version: 0.0\nos: plan9\n", CODE(OS_INVALID), ERROR, 2, 5, NULL, NULL},
    {"windows", "version: 0.0\nos: windows\n", CODE(OS_NOT_THIS_HOST), ERROR, 2, 5, NULL, NULL},
    {"Os", "version: 0.0\nOs: linux\n", CODE(APPSPEC_UNKNOWN_KEY), WARNING, 2, 1, "`os`", "os"},
    {"behavior in lower case", SERVER "file_exists_behavior: overwrite\n",
     CODE(FILE_EXISTS_BEHAVIOR_INVALID), ERROR, 3, 23, "capital", "OVERWRITE"},
    {"behavior with dashes", SERVER "file-exists-behavior: OVERWRITE\n", CODE(APPSPEC_UNKNOWN_KEY),
     WARNING, 3, 1, "file_exists_behavior", NULL},
    /* keys */
    {"permission", SERVER "permission:\n  - object: /a\n", CODE(APPSPEC_UNKNOWN_KEY), WARNING, 3, 1,
     "`permissions`", NULL},
    {"Hooks", SERVER "Hooks:\n  BeforeInstall:\n    - location: a.sh\n", CODE(APPSPEC_UNKNOWN_KEY),
     WARNING, 3, 1, "`hooks`", "hooks"},
    {"a key of nobody", SERVER "environment: {}\n", CODE(APPSPEC_UNKNOWN_KEY), WARNING, 3, 1,
     "Known there are", NULL},
    {"an event in the first column", SERVER "BeforeInstall:\n  - location: a.sh\n",
     CODE(APPSPEC_EVENT_AT_TOP_LEVEL), WARNING, 3, 1, "below `hooks:`", NULL},
    {"null for a section", SERVER "files: ~\n", CODE(APPSPEC_EMPTY_SECTION), WARNING, 3, 8, "`[]`",
     "[]"},
    /* files */
    {"files as a mapping", FILES "  source: a\n  destination: /b\n", CODE(APPSPEC_WRONG_SHAPE),
     ERROR, 4, 3, "`- `", NULL},
    {"overwrite", ENTRY("a", "/b") "    overwrite: true\n", CODE(FILE_OVERWRITE_KEY), WARNING, 6, 5,
     "file_exists_behavior: OVERWRITE", NULL},
    {"no source", FILES "  - destination: /b\n", CODE(FILE_SOURCE_MISSING), ERROR, 4, 5,
     "`source:`", NULL},
    {"no destination", FILES "  - source: a\n", CODE(FILE_DESTINATION_MISSING), ERROR, 4, 5,
     "`destination:`", NULL},
    {"destination is a bare tilde", ENTRY("a", "~"), CODE(FILE_DESTINATION_MISSING), ERROR, 5, 5,
     NULL, NULL},
    {"destination below source", FILES "  - source:\n      destination: /b\n",
     CODE(FILE_DESTINATION_NESTED), ERROR, 5, 7, "same column as `source:`", NULL},
    {"both words in a text", FILES "  - source a destination b\n", CODE(FILE_ENTRY_IS_TEXT),
     WARNING, 4, 5, "- source:", NULL},
    {"empty source", ENTRY("''", "/b"), CODE(FILE_SOURCE_EMPTY), WARNING, 4, 13, "source: /", NULL},
    {"source above the revision", ENTRY("a/../../b", "/b"), CODE(FILE_SOURCE_OUTSIDE), WARNING, 4,
     13, "without `..`", NULL},
    {"source with a star", ENTRY("build/*.jar", "/b"), CODE(FILE_SOURCE_GLOB), WARNING, 4, 13,
     "Name a directory", NULL},
    {"empty destination", ENTRY("a", "''"), CODE(FILE_DESTINATION_EMPTY), WARNING, 5, 18,
     "absolute path", NULL},
    {"relative destination", ENTRY("a", "var/www"), CODE(FILE_DESTINATION_RELATIVE), WARNING, 5, 18,
     "absolute path", NULL},
    {"destination in the home directory", ENTRY("a", "~/app"), CODE(FILE_DESTINATION_RELATIVE),
     WARNING, 5, 18, NULL, NULL},
    {"destination in a variable", ENTRY("a", "$HOME/app"), CODE(FILE_DESTINATION_RELATIVE), WARNING,
     5, 18, NULL, NULL},
    {"the root", ENTRY("a", "/"), CODE(FILE_DESTINATION_ROOT), WARNING, 5, 18, NULL, NULL},
    {"the root by a detour", ENTRY("a", "/tmp/.."), CODE(FILE_DESTINATION_ROOT), WARNING, 5, 18,
     NULL, NULL},
    {"the agent's own folder", ENTRY("a", "/opt/codedeploy-agent/x"),
     CODE(FILE_DESTINATION_IN_AGENT), WARNING, 5, 18, NULL, NULL},
    {"a path of Windows", ENTRY("a", "C:\\inetpub"), CODE(FILE_PATH_OF_OTHER_SYSTEM), WARNING, 5,
     18, NULL, NULL},
    {"one entry twice", ENTRY("a", "/b") "  - source: a\n    destination: /b\n", CODE(FILE_TWICE),
     WARNING, 6, 5, NULL, NULL},
    {"source is a number", ENTRY("1", "/b"), CODE(APPSPEC_RAW_VALUE), WARNING, 4, 13, "in quotes",
     NULL},
    {"source is no", ENTRY("no", "/b"), CODE(APPSPEC_RAW_VALUE), WARNING, 4, 13, "in quotes", NULL},
    /* permissions */
    {"no object", SERVER "permissions:\n  - mode: 755\n", CODE(PERMISSION_OBJECT_MISSING), ERROR, 4,
     5, "`object:`", NULL},
    {"type is a text", PERMISSION("type: file"), CODE(APPSPEC_WRONG_SHAPE), ERROR, 8, 11,
     "type: [file]", "[file]"},
    {"type of another name", PERMISSION("type: [files]"), CODE(PERMISSION_TYPE_INVALID), ERROR, 8,
     12, NULL, "file"},
    {"a folder", PERMISSION("type: [folder]"), CODE(PERMISSION_TYPE_INVALID), ERROR, 8, 12, NULL,
     "directory"},
    {"except is a text", PERMISSION("except: a.txt"), CODE(APPSPEC_WRONG_SHAPE), ERROR, 8, 13,
     "except: [\"a.txt\"]", NULL},
    {"octal mode", PERMISSION("mode: 0644"), CODE(PERMISSION_MODE_OCTAL), WARNING, 8, 11,
     "in quotes", "\"0644\""},
    {"octal mode that is refused", PERMISSION("mode: 0755"), CODE(PERMISSION_MODE_OCTAL), ERROR, 8,
     11, "in quotes", "\"0755\""},
    {"octal mode of five digits", PERMISSION("mode: 02775"), CODE(PERMISSION_MODE_OCTAL), WARNING,
     8, 11, NULL, "\"2775\""},
    {"hexadecimal mode", PERMISSION("mode: 0x1ed"), CODE(PERMISSION_MODE_NUMBER), ERROR, 8, 11,
     "octal digits", NULL},
    {"mode of Python", PERMISSION("mode: 0o644"), CODE(PERMISSION_MODE_LENGTH), ERROR, 8, 11,
     "mode: \"644\"", "\"644\""},
    {"mode of ls", PERMISSION("mode: rwxr-x--x"), CODE(PERMISSION_MODE_LENGTH), ERROR, 8, 11,
     "mode: \"751\"", "\"751\""},
    {"mode of chmod", PERMISSION("mode: u+x"), CODE(PERMISSION_MODE_DIGIT), ERROR, 8, 11,
     "octal digits", NULL},
    {"mode of one digit", PERMISSION("mode: 7"), CODE(PERMISSION_MODE_SHORT), WARNING, 8, 11,
     "all three digits", NULL},
    {"set-user-ID", PERMISSION("mode: 4755"), CODE(PERMISSION_MODE_SPECIAL), WARNING, 8, 11, NULL,
     NULL},
    {"acl of the owner", PERMISSION("acls: ['u::rwx']"), CODE(PERMISSION_ACL_BASE), ERROR, 8, 12,
     "`mode`", NULL},
    {"acl with a wrong digit", PERMISSION("acls: ['u:bob:9']"), CODE(PERMISSION_ACL_INVALID), ERROR,
     8, 12, "u:NAME:rwx", NULL},
    {"acl as a number", PERMISSION("acls: [755]"), CODE(APPSPEC_WRONG_SHAPE), ERROR, 8, 12,
     "in quotes", NULL},
    {"acl in short", PERMISSION("acls: ['mary:rw']\n    type: [file]"), CODE(PERMISSION_ACL_SHORT),
     WARNING, 8, 12, "user:mary:rw-", NULL},
    {"acl of a user called m", PERMISSION("acls: ['u:m:rw']"), CODE(PERMISSION_ACL_RENAMED),
     WARNING, 8, 12, NULL, NULL},
    {"default acl on files", PERMISSION("acls: ['d:u:bob:r']"),
     CODE(PERMISSION_ACL_DEFAULT_ON_FILE), WARNING, 8, 12, "type: [directory]", NULL},
    {"context without type", PERMISSION("context: {name: u}"),
     CODE(PERMISSION_CONTEXT_TYPE_MISSING), ERROR, 8, 14, "`type:`", NULL},
    {"context with user", PERMISSION("context: {user: u, type: t, range: s0}"),
     CODE(PERMISSION_CONTEXT_USER), WARNING, 8, 15, "`name:`", NULL},
    {"context with role", PERMISSION("context: {role: r, type: t, range: s0}"),
     CODE(PERMISSION_CONTEXT_ROLE), WARNING, 8, 15, NULL, NULL},
    {"context without range", PERMISSION("context: {type: t}"), CODE(PERMISSION_RANGE_MISSING),
     WARNING, 8, 14, "range: s0", NULL},
    {"context as a text", PERMISSION("context: some type"), CODE(PERMISSION_CONTEXT_IS_TEXT),
     WARNING, 8, 14, "`type:`", NULL},
    {"range reversed", PERMISSION("context: {type: t, range: s3-s0}"),
     CODE(PERMISSION_RANGE_INVALID), ERROR, 8, 31, "s0-s15", NULL},
    {"range in another order", PERMISSION("context: {type: t, range: 's0:c3,c1'}"),
     CODE(PERMISSION_RANGE_UNUSUAL), WARNING, 8, 31, "s0:c1,c3", NULL},
    {"relative object", ENTRY("/", "/srv") "permissions:\n  - object: srv\n    mode: 755\n",
     CODE(PERMISSION_OBJECT_RELATIVE), WARNING, 7, 13, NULL, NULL},
    {"pattern with a slash", PERMISSION("pattern: '**/*.py'"), CODE(PERMISSION_GLOB_SLASH), WARNING,
     8, 14, "names", NULL},
    {"exception with a path", PERMISSION("except: [/srv/app/x]"), CODE(PERMISSION_GLOB_SLASH),
     WARNING, 8, 14, NULL, NULL},
    {"pattern with brackets", PERMISSION("pattern: '*.[ch]'"), CODE(PERMISSION_GLOB_SPECIAL),
     WARNING, 8, 14, NULL, NULL},
    {"owner and group in one", PERMISSION("owner: root:wheel"), CODE(PERMISSION_OWNER_WITH_GROUP),
     WARNING, 8, 12, "owner: root", NULL},
    {"owner as a number", PERMISSION("owner: 1000"), CODE(APPSPEC_RAW_VALUE), WARNING, 8, 12, NULL,
     NULL},
    {"overwrite for the whole", SERVER "overwrite: true\n", CODE(APPSPEC_UNKNOWN_KEY), WARNING, 3,
     1, "`file_exists_behavior: OVERWRITE`", NULL},
    {"nothing to set", PERMISSION("pattern: '*'"), CODE(PERMISSION_CHANGES_NOTHING), NOTE, 7, 5,
     NULL, NULL},
    /* hooks */
    {"hooks as a list", SERVER "hooks:\n  - BeforeInstall: x\n", CODE(APPSPEC_WRONG_SHAPE), ERROR,
     4, 3, "dash", NULL},
    {"a script as a text", SERVER "hooks:\n  BeforeInstall:\n    - a.sh\n",
     CODE(APPSPEC_WRONG_SHAPE), ERROR, 5, 7, "- location:", NULL},
    {"an event as a text", SERVER "hooks:\n  BeforeInstall: a.sh\n", CODE(APPSPEC_WRONG_SHAPE),
     ERROR, 4, 18, "- location:", NULL},
    {"an event as a mapping", SERVER "hooks:\n  BeforeInstall:\n    location: a.sh\n",
     CODE(APPSPEC_WRONG_SHAPE), ERROR, 5, 5, "`- `", NULL},
    {"dash without blank", SERVER "hooks:\n  BeforeInstall:\n    -location: a.sh\n",
     CODE(APPSPEC_WRONG_SHAPE), ERROR, 5, 5, NULL, NULL},
    {"lifecycle 2.12 misspelt event", SERVER "hooks:\n  AfterInstal:\n    - location: a.sh\n",
     CODE(APPSPEC_EVENT_UNKNOWN), WARNING, 4, 3, "AfterInstall", NULL},
    {"event in the wrong case", SERVER "hooks:\n  afterInstall:\n    - location: a.sh\n",
     CODE(APPSPEC_EVENT_UNKNOWN), WARNING, 4, 3, "AfterInstall", "AfterInstall"},
    {"event of nobody", SERVER "hooks:\n  Deploy:\n    - location: a.sh\n",
     CODE(APPSPEC_EVENT_UNKNOWN), WARNING, 4, 3, "Scripts can hook", NULL},
    {"reserved event", SERVER "hooks:\n  Install:\n    - location: a.sh\n",
     CODE(APPSPEC_EVENT_RESERVED), WARNING, 4, 3, "BeforeInstall", NULL},
    {"event without scripts", SERVER "hooks:\n  AfterInstall:\n", CODE(APPSPEC_EVENT_EMPTY),
     WARNING, 4, 3, "- location:", NULL},
    {"event that is true", SERVER "hooks:\n  on:\n    - location: a.sh\n",
     CODE(APPSPEC_EVENT_KEY_NOT_TEXT), WARNING, 4, 3, NULL, NULL},
    {"no location", SERVER "hooks:\n  AfterInstall:\n    - timeout: 5\n",
     CODE(SCRIPT_LOCATION_MISSING), ERROR, 5, 7, "`location:`", NULL},
    {"empty location", SERVER "hooks:\n  AfterInstall:\n    - location:\n",
     CODE(SCRIPT_LOCATION_MISSING), ERROR, 5, 7, NULL, NULL},
    {"location from the root", SERVER "hooks:\n  AfterInstall:\n    - location: /a.sh\n",
     CODE(SCRIPT_LOCATION_ABSOLUTE), WARNING, 5, 17, "without the slash", NULL},
    {"location above", SERVER "hooks:\n  AfterInstall:\n    - location: ../a.sh\n",
     CODE(SCRIPT_LOCATION_OUTSIDE), WARNING, 5, 17, NULL, NULL},
    {"location with arguments", SERVER "hooks:\n  AfterInstall:\n    - location: a.sh -x\n",
     CODE(SCRIPT_LOCATION_BLANK), WARNING, 5, 17, "a script of your own", NULL},
    {"location is yes", SERVER "hooks:\n  AfterInstall:\n    - location: yes\n",
     CODE(APPSPEC_NOT_TEXT), WARNING, 5, 17, "quotes", "\"yes\""},
    {"lifecycle 6.4 timeout of nothing", SCRIPT("timeout: 0"), CODE(SCRIPT_TIMEOUT_INVALID), ERROR,
     6, 16, "seconds", NULL},
    {"timeout in hours", SCRIPT("timeout: 1h"), CODE(SCRIPT_TIMEOUT_UNUSUAL), WARNING, 6, 16,
     "`3600`", NULL},
    {"timeout in minutes", SCRIPT("timeout: 5m"), CODE(SCRIPT_TIMEOUT_UNUSUAL), WARNING, 6, 16,
     "`300`", NULL},
    {"timeout in seconds", SCRIPT("timeout: 90s"), CODE(SCRIPT_TIMEOUT_UNUSUAL), WARNING, 6, 16,
     "`90`", "90"},
    {"timeout as a time", SCRIPT("timeout: 1:30"), CODE(SCRIPT_TIMEOUT_UNUSUAL), WARNING, 6, 16,
     "plain digits", NULL},
    {"octal timeout", SCRIPT("timeout: 010"), CODE(SCRIPT_TIMEOUT_UNUSUAL), WARNING, 6, 16, NULL,
     NULL},
    {"timeout in quotes", SCRIPT("timeout: '300'"), CODE(SCRIPT_TIMEOUT_QUOTED), WARNING, 6, 16,
     "without quotes", "300"},
    {"lifecycle 6.4 too long", SCRIPT("timeout: 99999"), CODE(HOOK_TIMEOUT_SUM), WARNING, 4, 3,
     "3600", NULL},
    {"lifecycle 6.4 too long together",
     SCRIPT("timeout: 2000\n    - location: b.sh\n      timeout: 2000"), CODE(HOOK_TIMEOUT_SUM),
     WARNING, 4, 3, NULL, NULL},
    {"lifecycle 6.4 too long by default", SCRIPT("runas: root\n    - location: b.sh"),
     CODE(HOOK_TIMEOUT_SUM), NOTE, 4, 3, NULL, NULL},
    {"sudo as a text", SCRIPT("sudo: 'false'"), CODE(SCRIPT_SUDO_UNUSUAL), WARNING, 6, 13,
     "true or false", NULL},
    {"sudo is yes", SCRIPT("sudo: yes"), CODE(SCRIPT_SUDO_UNUSUAL), WARNING, 6, 13, NULL, "true"},
    {"blank user", SCRIPT("runas: ' '"), CODE(SCRIPT_RUNAS_BLANK), WARNING, 6, 14, NULL, NULL},
    {"user with options", SCRIPT("runas: root -s /bin/sh"), CODE(SCRIPT_RUNAS_WORDS), WARNING, 6,
     14, NULL, NULL},
};

#define LAMBDA(properties)                                                                         \
    "version: 0.0\nResources:\n  - fn:\n      Type: AWS::Lambda::Function\n      Properties:\n"    \
    "        Name: fn\n        Alias: live\n" properties
#define VERSIONS "        CurrentVersion: '1'\n        TargetVersion: '2'\n"
#define ECS(properties)                                                                            \
    "version: 0.0\nResources:\n  - s:\n      Type: AWS::ECS::Service\n      Properties:\n"         \
    "        TaskDefinition: arn:aws:ecs:eu-west-1:123456789012:task-definition/f:1\n" properties
#define BALANCER                                                                                   \
    "        LoadBalancerInfo:\n          ContainerName: web\n          ContainerPort: 80\n"

static const finding_case services[] = {
    {"no platform", "version: 0.0\n", CODE(APPSPEC_PLATFORM_UNKNOWN), ERROR, 1, 1, "os: linux",
     NULL},
    {"empty resources", "version: 0.0\nResources: []\n", CODE(APPSPEC_PLATFORM_UNKNOWN), ERROR, 1,
     1, NULL, NULL},
    {"files in an ECS file", ECS(BALANCER) "permission: x\n", CODE(APPSPEC_UNKNOWN_KEY), WARNING,
     10, 1, NULL, NULL},
    {"two resources", LAMBDA(VERSIONS) "  - gn: {}\n", CODE(RESOURCES_COUNT), ERROR, 10, 5, NULL,
     NULL},
    {"members not indented",
     "version: 0.0\nResources:\n  - s:\n    Type: AWS::ECS::Service\n    Properties: {}\n",
     CODE(APPSPEC_WRONG_SHAPE), ERROR, 3, 5, "indented further", NULL},
    {"type in the wrong case",
     "version: 0.0\nResources:\n  - s:\n      Type: aws::ecs::service\n      Properties: {}\n",
     CODE(RESOURCE_TYPE_INVALID), ERROR, 4, 13, "AWS::ECS::Service", "AWS::ECS::Service"},
    {"no type", "version: 0.0\nResources:\n  - s:\n      Properties:\n        TaskDefinition: x\n",
     CODE(RESOURCE_TYPE_MISSING), ERROR, 3, 5, "Type:", NULL},
    {"key in two cases", LAMBDA(VERSIONS "        name: gn\n"), CODE(KEY_TWICE), ERROR, 10, 9, NULL,
     NULL},
    {"no target version", LAMBDA("        CurrentVersion: '1'\n"), CODE(PROPERTY_MISSING), ERROR, 6,
     9, "TargetVersion", NULL},
    {"latest", LAMBDA("        CurrentVersion: 1\n        TargetVersion: $LATEST\n"),
     CODE(LAMBDA_VERSION_INVALID), ERROR, 9, 24, "Publish", NULL},
    {"version zero", LAMBDA("        CurrentVersion: 0\n        TargetVersion: 2\n"),
     CODE(LAMBDA_VERSION_INVALID), ERROR, 8, 25, NULL, NULL},
    {"equal versions", LAMBDA("        CurrentVersion: 2\n        TargetVersion: 2\n"),
     CODE(LAMBDA_VERSIONS_EQUAL), WARNING, 9, 24, NULL, NULL},
    {"hooks as a mapping", LAMBDA(VERSIONS) "Hooks:\n  BeforeAllowTraffic: v\n",
     CODE(HOOKS_NOT_A_LIST), WARNING, 11, 3, "dash", NULL},
    {"event of another platform", LAMBDA(VERSIONS) "Hooks:\n  - BeforeInstall: v\n",
     CODE(HOOK_EVENT_UNSUPPORTED), ERROR, 11, 5, "BeforeAllowTraffic", NULL},
    {"misspelt event", ECS(BALANCER) "Hooks:\n  - BeforeInstal: v\n", CODE(HOOK_EVENT_UNSUPPORTED),
     ERROR, 11, 5, "BeforeInstall", NULL},
    {"event twice",
     LAMBDA(VERSIONS) "Hooks:\n  - BeforeAllowTraffic: v\n  - BeforeAllowTraffic: w\n",
     CODE(HOOK_EVENT_TWICE), ERROR, 12, 5, NULL, NULL},
    {"no function", LAMBDA(VERSIONS) "Hooks:\n  - BeforeAllowTraffic:\n",
     CODE(HOOK_FUNCTION_INVALID), ERROR, 11, 24, NULL, NULL},
    {"function with a blank", LAMBDA(VERSIONS) "Hooks:\n  - BeforeAllowTraffic: a b\n",
     CODE(HOOK_FUNCTION_INVALID), ERROR, 11, 25, NULL, NULL},
    {"ARN of something else", LAMBDA(VERSIONS) "Hooks:\n  - BeforeAllowTraffic: arn:aws:s3:::b\n",
     CODE(HOOK_FUNCTION_INVALID), ERROR, 11, 25, NULL, NULL},
    {"old form", LAMBDA(VERSIONS) "Hooks:\n  - LifeCycleEvent: BeforeAllowTraffic\n",
     CODE(HOOK_OLD_FORM), ERROR, 11, 5, "BeforeAllowTraffic: FUNCTION", NULL},
    {"no balancer", ECS(""), CODE(PROPERTY_MISSING), ERROR, 6, 9, "LoadBalancerInfo", NULL},
    {"balancer as a list", ECS("        LoadBalancerInfo:\n          - ContainerName: web\n"),
     CODE(APPSPEC_WRONG_SHAPE), ERROR, 8, 11, "dash", NULL},
    {"no port", ECS("        LoadBalancerInfo:\n          ContainerName: web\n"),
     CODE(PROPERTY_MISSING), ERROR, 8, 11, "ContainerPort", NULL},
    {"port in quotes",
     ECS("        LoadBalancerInfo:\n          ContainerName: web\n          ContainerPort: "
         "'80'\n"),
     CODE(NUMBER_IS_TEXT), WARNING, 9, 26, NULL, "80"},
    {"port zero",
     ECS("        LoadBalancerInfo:\n          ContainerName: web\n          ContainerPort: 0\n"),
     CODE(CONTAINER_PORT_INVALID), ERROR, 9, 26, "65535", NULL},
    {"port too high",
     ECS("        LoadBalancerInfo:\n          ContainerName: web\n          ContainerPort: "
         "65536\n"),
     CODE(CONTAINER_PORT_INVALID), ERROR, 9, 26, NULL, NULL},
    {"placeholder of a pipeline",
     "version: 0.0\nResources:\n  - s:\n      Type: AWS::ECS::Service\n      Properties:\n"
     "        TaskDefinition: <TASK_DEFINITION>\n" BALANCER,
     CODE(APPSPEC_PLACEHOLDER), NOTE, 6, 25, NULL, NULL},
    {"family and revision only",
     "version: 0.0\nResources:\n  - s:\n      Type: AWS::ECS::Service\n      Properties:\n"
     "        TaskDefinition: family:3\n" BALANCER,
     CODE(TASK_DEFINITION_INVALID), WARNING, 6, 25, "arn:aws:ecs", NULL},
    {"half a network",
     ECS(BALANCER "        NetworkConfiguration:\n          AwsvpcConfiguration:\n"
                  "            Subnets: [a]\n            AssignPublicIp: ENABLED\n"),
     CODE(NETWORK_INCOMPLETE), ERROR, 12, 13, "SecurityGroups", NULL},
    {"public address in lower case",
     ECS(BALANCER "        NetworkConfiguration:\n          AwsvpcConfiguration:\n"
                  "            Subnets: [a]\n            SecurityGroups: [b]\n"
                  "            AssignPublicIp: enabled\n"),
     CODE(ASSIGN_PUBLIC_IP_INVALID), ERROR, 14, 29, NULL, "ENABLED"},
    {"two bases",
     ECS(BALANCER "        CapacityProviderStrategy:\n"
                  "          - {CapacityProvider: a, Base: 1, Weight: 1}\n"
                  "          - {CapacityProvider: b, Base: 1, Weight: 1}\n"),
     CODE(CAPACITY_BASES), ERROR, 12, 41, NULL, NULL},
    {"no weight",
     ECS(BALANCER "        CapacityProviderStrategy:\n"
                  "          - {CapacityProvider: a, Weight: 0}\n"
                  "          - {CapacityProvider: b}\n"),
     CODE(CAPACITY_WEIGHTS), ERROR, 11, 11, NULL, NULL},
    {"weight too high",
     ECS(BALANCER "        CapacityProviderStrategy:\n"
                  "          - {CapacityProvider: a, Weight: 1001}\n"),
     CODE(CAPACITY_NUMBER_INVALID), ERROR, 11, 43, "1,000", NULL},
};

/* The text with the replacement carried out. */
static char *apply(const char *text, const cdp_diagnostic *finding, size_t *length)
{
    size_t tail = strlen(text) - finding->fix_offset - finding->fix_length;
    char *fixed = malloc(finding->fix_offset + finding->fix_text.length + tail + 1);

    assert_non_null(fixed);
    memcpy(fixed, text, finding->fix_offset);
    memcpy(fixed + finding->fix_offset, finding->fix_text.data, finding->fix_text.length);
    memcpy(fixed + finding->fix_offset + finding->fix_text.length,
           text + finding->fix_offset + finding->fix_length, tail);
    *length = finding->fix_offset + finding->fix_text.length + tail;
    fixed[*length] = '\0';
    return fixed;
}

static void check_fix(const finding_case *item, const cdp_diagnostic *finding,
                      const cdp_appspec_options *options)
{
    outcome reading;
    size_t length;
    char *fixed;

    if (!item->fix) {
        assert_absent(finding->fix_text);
        return;
    }
    assert_cdp_string(finding->fix_text, item->fix);
    fixed = apply(item->text, finding, &length);
    reading = read_text(fixed, length, options);
    if (was_found(&reading, item->code)) {
        print_findings(&reading);
        fail_msg("still there after the replacement:\n%s", fixed);
    }
    outcome_free(&reading);
    free(fixed);
}

static void check_finding(const finding_case *item, cdp_platform platform)
{
    cdp_appspec_options options = options_for(platform, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading = read_text(item->text, strlen(item->text), &options);
    cdp_diagnostic finding = finding_of(&reading, item->code);

    if (finding.line != item->line || finding.column != item->column)
        print_findings(&reading);
    assert_int_equal(finding.severity, item->severity);
    assert_int_equal(finding.line, item->line);
    assert_int_equal(finding.column, item->column);
    if (item->hint) {
        assert_non_null(finding.hint.data);
        if (!strstr(finding.hint.data, item->hint))
            fail_msg("the hint is: %s", finding.hint.data);
    }
    assert_int_equal(reading.status == CDP_OK,
                     cdp_diagnostics_count_at_least(reading.diagnostics, CDP_SEVERITY_ERROR) == 0);
    check_fix(item, &finding, &options);
    outcome_free(&reading);
}

static void server_finding(void **state)
{
    check_finding(*state, CDP_PLATFORM_SERVER);
}

static void service_finding(void **state)
{
    check_finding(*state, CDP_PLATFORM_AUTO);
}

/* Files like the documentation's own samples: nothing to say, or next to nothing. */
static const char *const good[] = {
    SERVER,
    SERVER "files:\nhooks:\npermissions:\n",
    ENTRY("/", "/var/www/html") "hooks:\n"
                                "  BeforeInstall:\n"
                                "    - location: scripts/install_dependencies\n"
                                "      timeout: 300\n"
                                "      runas: root\n"
                                "  ApplicationStop:\n"
                                "    - location: scripts/stop_server\n"
                                "      timeout: 300\n"
                                "      runas: root\n",
    ENTRY("/", "/srv/app") "permissions:\n"
                           "  - object: /srv/app\n"
                           "    pattern: \"**\"\n"
                           "    owner: adm\n"
                           "    group: wheel\n"
                           "    mode: 644\n"
                           "    acls: [\"u:mary:rw\", \"u:mike:rw\"]\n"
                           "    context: {type: httpd_sys_content_t, range: s0}\n"
                           "    type: [file]\n"
                           "  - object: /srv/app\n"
                           "    type: [directory]\n"
                           "    mode: 755\n"
                           "    acls: [\"d:u:mary:rw\"]\n",
    ENTRY("/", "/srv/app") "permissions:\n"
                           "  - object: /srv/app\n"
                           "    pattern: \"*.sh\"\n"
                           "    mode: \"755\"\n"
                           "  - object: /srv/app\n"
                           "    pattern: \"*.txt\"\n"
                           "    mode: \"644\"\n"
                           "  - object: /srv/app/conf\n"
                           "    except: [\"*.key\"]\n"
                           "    mode: \"0640\"\n"
                           "  - object: /srv/app/conf/site.key\n"
                           "    mode: \"0600\"\n",
    LAMBDA(VERSIONS) "Hooks:\n  - BeforeAllowTraffic: check\n  - AfterAllowTraffic: "
                     "arn:aws:lambda:us-east-1:123456789012:function:check\n",
    "version: 0.0\nresources:\n  - fn:\n      type: AWS::Lambda::Function\n      "
    "properties:\n"
    "        name: fn\n        alias: live\n        currentversion: 1\n        "
    "targetversion: 2\n"
    "hooks:\n  - BeforeAllowTraffic: check\n",
    ECS(BALANCER "        PlatformVersion: LATEST\n"
                 "        NetworkConfiguration:\n          AwsvpcConfiguration:\n"
                 "            Subnets: [subnet-1, subnet-2]\n"
                 "            SecurityGroups: [sg-1]\n            AssignPublicIp: "
                 "DISABLED\n"
                 "        CapacityProviderStrategy:\n"
                 "          - {CapacityProvider: FARGATE, Base: 1, Weight: 1}\n"
                 "          - {CapacityProvider: FARGATE_SPOT, Base: 0, Weight: "
                 "3}\n") "Hooks:\n  - BeforeInstall: a\n  - AfterInstall: b\n  - "
                         "AfterAllowTestTraffic: c\n"
                         "  - BeforeAllowTraffic: d\n  - AfterAllowTraffic: e\n",
    "{\"version\": \"0.0\", \"Resources\": [{\"fn\": {\"Type\": "
    "\"AWS::Lambda::Function\","
    " \"Properties\": {\"Name\": \"fn\", \"Alias\": \"a\", \"CurrentVersion\": "
    "\"1\","
    " \"TargetVersion\": \"2\"}}}]}",
};

static void nothing_is_said_of_good_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        for (int profile = CDP_APPSPEC_PROFILE_AGENT; profile <= CDP_APPSPEC_PROFILE_STRICT;
             profile++) {
            cdp_appspec_options options =
                options_for(CDP_PLATFORM_AUTO, (cdp_appspec_profile)profile);
            outcome reading = read_text(good[i], strlen(good[i]), &options);

            if (cdp_diagnostics_count(reading.diagnostics) > 0) {
                print_findings(&reading);
                fail_msg("of a good file:\n%s", good[i]);
            }
            assert_int_equal(reading.status, CDP_OK);
            outcome_free(&reading);
        }
    }
}

/* One that is refused would set something, once it is right. */
static void refused_settings_are_settings(void **state)
{
    static const char *const modes[] = {"0755", "0o644", "abc"};

    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        char text[256];
        outcome reading;

        snprintf(text, sizeof text, PERMISSION("mode: %s"), modes[i]);
        reading = read_server(text);
        assert_int_equal(reading.status, CDP_ERR_INVALID);
        assert_false(was_found(&reading, CODE(PERMISSION_CHANGES_NOTHING)));
        outcome_free(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_of_good_files),
        cmocka_unit_test(refused_settings_are_settings),
    };

    return CASES("server", server_finding, server) + CASES("services", service_finding, services) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
