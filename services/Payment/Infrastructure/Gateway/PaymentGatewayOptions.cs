using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>How the payment gateway is dealt with; from the environment (<c>PaymentGateway__TimeoutSeconds</c>) or appsettings.</summary>
internal sealed class PaymentGatewayOptions
{
    public const string Section = "PaymentGateway";

    /// <summary>How long one call may take before it counts as failed.</summary>
    [Range(0.1, 120)]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>How old the signature of an event may be, and how far in the future.</summary>
    [Range(1, 3600)]
    public int WebhookToleranceSeconds { get; set; } = 300;

    /// <summary>Pause between looks for payments the gateway has to be told of.</summary>
    [Range(0.05, 3600)]
    public double UndoIntervalSeconds { get; set; } = 1;

    /// <summary>How long whoever gives a payment up has it alone; afterwards that one has died. Longer than its calls can take.</summary>
    [Range(0.1, 3600)]
    public double UndoClaimSeconds { get; set; } = 60;
}

/// <summary>Checks the settings at start, without reflection.</summary>
[OptionsValidator]
internal sealed partial class PaymentGatewayOptionsValidator : IValidateOptions<PaymentGatewayOptions>;
