/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_AGENT_CONFIG_H
#define CODEDEPLOY_POSIX_AGENT_CONFIG_H

/**
 * @file
 * The official agent's configuration file, `codedeployagent.yml`, as far as it concerns
 * deployments on this machine. docs/deploying.md has a table of all keys.
 *
 * Keys are written `:key:` (agent 1.x) or `key:` (2.x takes both), one a line, values plain or in
 * quotes. Keys of the agent's service (`wait_between_runs` and the like) are known and have no
 * effect here; a key that no agent knows is a warning. (Agent 1.x: config.rb; 2.x: config/mod.rs;
 * user guide: reference-agent-configuration.)
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

#include <codedeploy-posix/deployment.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdp_posix_agent_config cdp_posix_agent_config;

/**
 * Reads a configuration file, and the file of on-premises credentials that it names, if that can
 * be read.
 * @param diagnostics  gets what is wrong with it; may be NULL.
 * @return #CDP_OK; #CDP_ERR_INVALID for a value that is none (`agent-config-value`); #CDP_ERR_IO;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_agent_config_read(cdp_string path, cdp_diagnostics *diagnostics,
                                               cdp_posix_agent_config **config);
CDP_API void cdp_posix_agent_config_free(cdp_posix_agent_config *config);

/** `root_dir`; absent when the file does not say. */
CDP_API cdp_string cdp_posix_agent_config_root_directory(const cdp_posix_agent_config *config);
/** `max_revisions`; 5 when the file does not say. */
CDP_API uint32_t cdp_posix_agent_config_max_revisions(const cdp_posix_agent_config *config);

/**
 * Sets what the file says in the options of a deployment: `root_directory`, `max_revisions`,
 * `program_name`, `no_deployments_log`, `script_environment`, `bundle_allow`, `bundle_bytes`,
 * `refuse` and `private_directories`.
 * What it does not say stays as it is.
 * @param options  `size` set; its strings then belong to the configuration.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_posix_agent_config_apply(const cdp_posix_agent_config *config,
                                                cdp_posix_deploy_options *options);

/**
 * What the file says for fetching bundles, as `NAME=VALUE` for the environment of the program that
 * does it, in the words of the AWS command line: AWS_REGION, AWS_ENDPOINT_URL_S3, HTTPS_PROXY,
 * AWS_USE_FIPS_ENDPOINT, AWS_EC2_METADATA_V1_DISABLED, CODEDEPLOY_READ_TIMEOUT (seconds), and from
 * the on-premises file AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SHARED_CREDENTIALS_FILE.
 */
CDP_API size_t cdp_posix_agent_config_variable_count(const cdp_posix_agent_config *config);
/** @return the text at `index`, belonging to the configuration; absent past the end. */
CDP_API cdp_string cdp_posix_agent_config_variable_at(const cdp_posix_agent_config *config,
                                                      size_t index);

#ifdef __cplusplus
}
#endif

#endif
