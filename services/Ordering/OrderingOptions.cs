using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Argosy.Ordering;

/// <summary>The service's settings, from the environment (<c>Ordering__PaymentActionWindow</c>, …) or appsettings. An order keeps those of the
/// moment its workflow starts.</summary>
internal sealed class OrderingOptions
{
    public const string Section = "Ordering";

    /// <summary>How long a customer may take to answer the bank (3-D Secure).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PaymentActionWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after shipment an order counts as completed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "90.00:00:00")]
    public TimeSpan CompletionDelay { get; set; } = TimeSpan.FromDays(14);

    /// <summary>The shop's origin for orders that did not come through the gateway.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "http://localhost:8080";
}

/// <summary>Checks the settings at start, without reflection.</summary>
[OptionsValidator]
internal sealed partial class OrderingOptionsValidator : IValidateOptions<OrderingOptions>;
