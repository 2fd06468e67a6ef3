// An app with nothing but workflows, started as a process by the tests so that it can be killed.
using Argosy.Workflow.Worker;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(new WorkFolder(Environment.GetEnvironmentVariable("WORK_FOLDER") ?? throw new InvalidOperationException("WORK_FOLDER is not set")));
builder.Services.AddDaprWorkflow(options =>
{
    options.RegisterWorkflow<ChainWorkflow>();
    options.RegisterWorkflow<FlakyWorkflow>();
    options.RegisterWorkflow<TimerWorkflow>();
    options.RegisterWorkflow<EventWorkflow>();
    options.RegisterWorkflow<EventTimeoutWorkflow>();
    options.RegisterWorkflow<ParentWorkflow>();
    options.RegisterWorkflow<CountingWorkflow>();
    options.RegisterWorkflow<EndlessLoopWorkflow>();
    options.RegisterWorkflow<FanOutWorkflow>();
    options.RegisterWorkflow<StatusWorkflow>();
    options.RegisterWorkflow<FailingWorkflow>();
    options.RegisterWorkflow<SendingWorkflow>();
    options.RegisterActivity<StepActivity>();
    options.RegisterActivity<GateActivity>();
    options.RegisterActivity<FlakyActivity>();
    options.RegisterActivity<string, string>("Refuse", (_, reason) => throw new ArgumentException(reason));
});
await builder.Build().RunAsync();
