// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_CONFIG_HPP
#define CODEDEPLOY_CPP_CONFIG_HPP

/// @file
/// Deployment configurations: <codedeploy/config.h>.

#include <codedeploy/cpp/result.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// A deployment configuration. Immutable; copies share it.
class DeploymentConfig
{
  public:
    /// Makes one from its parts and checks them as CreateDeploymentConfig does.
    static Outcome<DeploymentConfig> create(const ConfigFields &fields, const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(fields);
        detail::Owned<cdp_config, cdp_config_free> made;
        const cdp_status status =
            cdp_config_new(&c, findings.allocator(), findings.get(), made.out());
        return detail::made<DeploymentConfig>(status, findings,
                                              [&] { return DeploymentConfig(made.share()); });
    }
    /// Reads one from JSON.
    static Outcome<DeploymentConfig>
    parse(std::string_view json, ConfigShape shape = ConfigShape::Create, const With &with = With())
    {
        const detail::Findings findings(with);
        detail::Owned<cdp_config, cdp_config_free> made;
        const cdp_status status =
            cdp_config_parse(json.data(), json.size(), static_cast<cdp_config_shape>(shape),
                             findings.limits(), findings.allocator(), findings.get(), made.out());
        return detail::made<DeploymentConfig>(status, findings,
                                              [&] { return DeploymentConfig(made.share()); });
    }
    /// Finds one by its exact name: the predefined ones first, then `customs`.
    static Outcome<DeploymentConfig>
    find(std::string_view name,
         const std::vector<DeploymentConfig> &customs = std::vector<DeploymentConfig>(),
         const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = pointers(customs);
        const cdp_config *found = nullptr;
        const cdp_status status =
            cdp_config_find(detail::text(name), c.data(), c.size(), findings.get(), &found);
        return detail::made<DeploymentConfig>(status, findings, [&] {
            for (const DeploymentConfig &custom : customs)
                if (custom.get() == found)
                    return custom;
            return borrowed(found);
        });
    }
    /// The 17 that are part of the library.
    static std::vector<DeploymentConfig> predefined()
    {
        std::vector<DeploymentConfig> all;
        for (std::size_t i = 0; i < cdp_config_predefined_count(); i++)
            all.push_back(borrowed(cdp_config_predefined_at(i)));
        return all;
    }
    /// What a deployment uses when nobody says; nothing for Platform::Auto.
    static std::optional<DeploymentConfig> default_for(Platform platform)
    {
        const cdp_config *found = cdp_config_default(static_cast<cdp_platform>(platform));
        return found ? std::optional<DeploymentConfig>(borrowed(found)) : std::nullopt;
    }
    /// The configuration of a deployment: its own, else its group's, else the default.
    static std::optional<DeploymentConfig> resolve(Platform platform,
                                                   const std::optional<DeploymentConfig> &own,
                                                   const std::optional<DeploymentConfig> &of_group)
    {
        const cdp_config *found =
            cdp_config_resolve(static_cast<cdp_platform>(platform), own ? own->get() : nullptr,
                               of_group ? of_group->get() : nullptr);
        if (!found)
            return std::nullopt;
        if (own && own->get() == found)
            return own;
        return of_group && of_group->get() == found ? of_group : borrowed(found);
    }
    /// The name that AWS SAM means by a `DeploymentPreference.Type`; another word is one already, and
    /// comes back as it is.
    static std::string_view name_from_sam(std::string_view type)
    {
        return detail::view(cdp_config_name_from_sam(detail::text(type)));
    }

    std::optional<std::string_view> name() const
    {
        return detail::optional_view(cdp_config_name(get()));
    }
    Platform platform() const
    {
        return static_cast<Platform>(cdp_config_platform(get()));
    }
    bool is_predefined() const
    {
        return cdp_config_is_predefined(get()) != 0;
    }
    MinimumType minimum_type() const
    {
        return static_cast<MinimumType>(cdp_config_minimum_type(get()));
    }
    std::int64_t minimum_value() const
    {
        return cdp_config_minimum_value(get());
    }
    TrafficType traffic_type() const
    {
        return static_cast<TrafficType>(cdp_config_traffic_type(get()));
    }
    /// Percent in one increment.
    std::int32_t traffic_percentage() const
    {
        return cdp_config_traffic_percentage(get());
    }
    std::chrono::minutes traffic_interval() const
    {
        return std::chrono::minutes(cdp_config_traffic_interval_minutes(get()));
    }
    bool has_zones() const
    {
        return cdp_config_has_zones(get()) != 0;
    }
    /// How long to watch a zone (from 0) before the next one begins.
    Milliseconds zone_wait(std::size_t zone) const
    {
        return Milliseconds(cdp_config_zone_wait_ms(get(), zone));
    }
    MinimumType zone_minimum_type() const
    {
        return static_cast<MinimumType>(cdp_config_zone_minimum_type(get()));
    }
    std::int64_t zone_minimum_value() const
    {
        return cdp_config_zone_minimum_value(get());
    }
    /// All parts, such that create() would make the same again.
    ConfigFields fields() const
    {
        auto c = detail::sized<cdp_config_options>();
        cdp_config_describe(get(), &c);
        return detail::from_c(c);
    }
    /// How many of a deployment's instances have to stay healthy; nothing unless it is for Server.
    std::optional<std::int64_t> minimum_for(std::int64_t instances) const
    {
        std::int64_t minimum = 0;
        const cdp_status status = cdp_config_minimum_for(get(), instances, &minimum);
        return detail::found<std::int64_t>(status, [&] { return minimum; });
    }
    std::optional<std::int64_t> zone_minimum_for(std::int64_t instances) const
    {
        std::int64_t minimum = 0;
        const cdp_status status = cdp_config_zone_minimum_for(get(), instances, &minimum);
        return detail::found<std::int64_t>(status, [&] { return minimum; });
    }
    /// The configuration that an automatic rollback runs with.
    DeploymentConfig for_rollback() const
    {
        const cdp_config *found = cdp_config_for_rollback(get());
        // Lives as long as this one, so it holds on to it.
        return DeploymentConfig(std::shared_ptr<const cdp_config>(object_, found));
    }
    Outcome<std::string> write(ConfigShape shape = ConfigShape::Create, unsigned indent = 0,
                               const With &with = With()) const
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_config_write(get(), static_cast<cdp_config_shape>(shape), indent, text);
        });
    }
    /// Fails with everything that keeps it from being used so.
    Outcome<void> check_use(const ConfigUse &use, const With &with = With()) const
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(use);
        return detail::done(cdp_config_check_use(get(), &c, findings.get()), findings);
    }
    /// Fails unless an account which has `customs` may add it.
    Outcome<void> check_create(const std::vector<DeploymentConfig> &customs,
                               const With &with = With()) const
    {
        const detail::Findings findings(with);
        const auto c = pointers(customs);
        return detail::done(cdp_config_check_create(get(), c.data(), c.size(), findings.get()),
                            findings);
    }
    /// Fails unless it may be deleted.
    Outcome<void> check_delete(bool in_use, const With &with = With()) const
    {
        const detail::Findings findings(with);
        return detail::done(cdp_config_check_delete(get(), in_use ? 1 : 0, findings.get()),
                            findings);
    }

    const cdp_config *get() const
    {
        return object_.get();
    }
    explicit DeploymentConfig(std::shared_ptr<const cdp_config> object) : object_(std::move(object))
    {
    }
    /// One that is kept alive by something else: the library's own, or another object.
    static DeploymentConfig borrowed(const cdp_config *object)
    {
        return DeploymentConfig(std::shared_ptr<const cdp_config>(std::shared_ptr<void>(), object));
    }

    /// The C objects of a list; valid as long as that.
    static std::vector<const cdp_config *> pointers(const std::vector<DeploymentConfig> &configs)
    {
        std::vector<const cdp_config *> made;
        for (const DeploymentConfig &config : configs)
            made.push_back(config.get());
        return made;
    }

  private:
    std::shared_ptr<const cdp_config> object_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
