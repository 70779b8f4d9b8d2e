// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_HOST_HPP
#define CODEDEPLOY_CPP_HOST_HPP

/// @file
/// The callback door of a deployment: <codedeploy/host.h>.

#include <codedeploy/cpp/callbacks.hpp>
#include <codedeploy/cpp/deployment.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// What a callback has to say of an action.
class Reply
{
  public:
    /// It is done.
    static Reply done()
    {
        return Reply(Status::Ok);
    }
    /// It has begun; somebody answers later, by the action's token.
    static Reply pending()
    {
        return Reply(Status::Pending);
    }
    /// As if the callback were not there.
    static Reply passthrough()
    {
        return Reply(Status::Passthrough);
    }
    /// It failed. `status` is kept and told in the changes.
    static Reply failed(std::string message, EventError error = EventError::Success,
                        ErrorCode code = ErrorCode::None, Status status = Status::Host)
    {
        Reply reply(status);
        reply.message_ = std::move(message);
        reply.error_ = error;
        reply.code_ = code;
        return reply;
    }
    /// roll_back, follow_up: the deployment that was made has this id.
    static Reply made(std::string id)
    {
        Reply reply(Status::Ok);
        reply.name_ = std::move(id);
        return reply;
    }
    /// provision: the replacement instances.
    static Reply provisioned(std::vector<RolloutInstance> instances)
    {
        Reply reply(Status::Ok);
        reply.instances_ = std::move(instances);
        return reply;
    }

    Status status() const
    {
        return status_;
    }
    /// Fills the C library's; valid as long as this, and not moved.
    cdp_status fill(cdp_host_reply &reply)
    {
        reply.error = static_cast<cdp_event_error>(error_);
        reply.code = static_cast<cdp_error_code>(code_);
        reply.message = detail::text(message_);
        reply.name = detail::text(name_);
        for (const RolloutInstance &instance : instances_)
            c_.push_back(detail::to_c(instance));
        reply.instances = c_.data();
        reply.instance_count = c_.size();
        return static_cast<cdp_status>(status_);
    }

  private:
    explicit Reply(Status status) : status_(status)
    {
    }
    Status status_;
    EventError error_ = EventError::Success;
    ErrorCode code_ = ErrorCode::None;
    std::optional<std::string> message_;
    std::optional<std::string> name_;
    std::vector<RolloutInstance> instances_;
    std::vector<cdp_rollout_instance> c_;
};

/// Carries out what a deployment asks for: override what this program can do. What is not overridden
/// goes to perform(); what nobody carries out fails, but for the actions of which
/// <codedeploy/host.h> says that they may be left out (cancel, notify, save, auto_scaling,
/// roll_back, follow_up).
///
/// The deployment is to look at; from inside a callback none of its inputs is accepted: they are
/// refused with Status::State, as is a drive(), and nothing changes. It may be destroyed or moved away
/// there: it then lives on until drive() has come to its end. The host itself must outlive drive().
/// What a callback throws comes out of drive() unchanged; the action has failed by then, with the
/// exception's what() as its message.
class Host
{
  public:
    Host() = default;
    Host(const Host &) = delete;
    Host &operator=(const Host &) = delete;
    virtual ~Host() = default;

    virtual Reply run_hook(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply download(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply install(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply block_traffic(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply allow_traffic(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply set_traffic(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply set_test_traffic(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply create_task_set(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply delete_task_set(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply deploy_target(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply provision(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply terminate(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply cancel(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply notify(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply save(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply auto_scaling(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply roll_back(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    virtual Reply follow_up(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    /// Every kind whose own function is not overridden.
    virtual Reply perform(const DeploymentView &, const DeploymentAction &)
    {
        return Reply::passthrough();
    }
    /// The state of one alarm; nothing when it cannot be read.
    virtual std::optional<AlarmState> poll_alarm(const DeploymentView &, std::string_view name)
    {
        (void)name;
        return std::nullopt;
    }
    /// Told of every change, in order. What is not Status::Ok, drive() fails with in the end.
    virtual Status changed(const DeploymentView &, const DeploymentChange &)
    {
        return Status::Ok;
    }
};

namespace detail
{

/// What is going on during one drive().
class Driving
{
  public:
    explicit Driving(Host &host) : c(sized<cdp_host>()), host_(&host)
    {
        c.run_hook = call<&Host::run_hook>;
        c.download = call<&Host::download>;
        c.install = call<&Host::install>;
        c.block_traffic = call<&Host::block_traffic>;
        c.allow_traffic = call<&Host::allow_traffic>;
        c.set_traffic = call<&Host::set_traffic>;
        c.set_test_traffic = call<&Host::set_test_traffic>;
        c.create_task_set = call<&Host::create_task_set>;
        c.delete_task_set = call<&Host::delete_task_set>;
        c.deploy_target = call<&Host::deploy_target>;
        c.provision = call<&Host::provision>;
        c.terminate = call<&Host::terminate>;
        c.cancel = call<&Host::cancel>;
        c.notify = call<&Host::notify>;
        c.save = call<&Host::save>;
        c.auto_scaling = call<&Host::auto_scaling>;
        c.roll_back = call<&Host::roll_back>;
        c.follow_up = call<&Host::follow_up>;
        c.perform = call<&Host::perform>;
        c.poll_alarm = poll_alarm;
        c.changed = changed;
        c.user = this;
    }
    Driving(const Driving &) = delete;
    Driving &operator=(const Driving &) = delete;

    cdp_host c;
    Thrown thrown;

  private:
    using Function = Reply (Host::*)(const DeploymentView &, const DeploymentAction &);
    template <Function function>
    static cdp_status call(const cdp_deployment *deployment, const cdp_deployment_action *action,
                           cdp_host_reply *reply, void *user) noexcept
    {
        auto *self = static_cast<Driving *>(user);
        return self->thrown.guard([&] {
#if defined(__cpp_exceptions)
            try {
                self->ask<function>(deployment, action);
            } catch (const std::exception &error) {
                self->last_ = Reply::failed(error.what());
                self->last_.fill(*reply);
                throw;
            }
#else
            self->ask<function>(deployment, action);
#endif
            return self->last_.fill(*reply);
        });
    }
    template <Function function>
    void ask(const cdp_deployment *deployment, const cdp_deployment_action *action)
    {
        last_ = (host_->*function)(DeploymentView(deployment), from_c(*action));
    }
    static cdp_status poll_alarm(const cdp_deployment *deployment, cdp_string name,
                                 cdp_alarm_state *state, void *user) noexcept
    {
        auto *self = static_cast<Driving *>(user);
        return self->thrown.guard([&] {
            const auto found = self->host_->poll_alarm(DeploymentView(deployment), view(name));
            if (!found)
                return CDP_PASSTHROUGH;
            *state = static_cast<cdp_alarm_state>(*found);
            return CDP_OK;
        });
    }
    static cdp_status changed(const cdp_deployment *deployment, const cdp_deployment_change *change,
                              void *user) noexcept
    {
        auto *self = static_cast<Driving *>(user);
        return self->thrown.guard([&] {
            return static_cast<cdp_status>(
                self->host_->changed(DeploymentView(deployment), from_c(*change)));
        });
    }
    Host *host_;
    Reply last_ = Reply::done();
};

} // namespace detail

/// Puts an input in, tells the host of the changes, and has it carry out every action that there is
/// then, until nothing is left to do but to wait. What a callback threw comes out when all of that is
/// done: the first of several.
inline Outcome<void> drive(Deployment &deployment, Host &host, Milliseconds now,
                           const DeploymentInput &input = DeploymentInput(),
                           const With &with = With())
{
    const detail::Findings findings(with);
    const detail::InputC c(input);
    detail::Driving driving(host);
    const auto held = deployment.hold(); // a callback may end the deployment's life
    const cdp_status status =
        cdp_host_step(held.get(), &driving.c, now.count(), c.get(), findings.get());
    driving.thrown.rethrow();
    return detail::done(status, findings);
}

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
