using Argosy.Ordering.Domain;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Argosy.Ordering.Tests.Domain;

public sealed class OrderTransitionsTests
{
    /// <summary>The life of an order in the words of the specification, written independently of the table under test.</summary>
    private const string Specification = """
        submitted               --require-payment-action--> awaiting-payment-action
        submitted               --confirm-->                confirmed
        submitted               --cancel-->                 cancelled
        awaiting-payment-action --confirm-->                confirmed
        awaiting-payment-action --cancel-->                 cancelled
        confirmed               --ship-->                   shipped
        confirmed               --cancel-->                 cancelled
        shipped                 --complete-->               completed
        shipped                 --return-->                 returned
        completed               --return-->                 returned
        """;

    private static readonly Dictionary<(string, string), string> Expected = Specification
        .Split('\n')
        .Select(line => line.Split(["--", ">", " "], StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(words => (words[0], words[1]), words => words[2]);

    public static TheoryData<string, string> EveryPair() =>
        new(from status in Enum.GetValues<OrderStatus>()
            from trigger in Enum.GetValues<OrderTrigger>()
            select (OrderStatusName.Of(status), Kebab(trigger)));

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Next_EveryPair_FollowsTheSpecification(string status, string trigger)
    {
        var next = OrderTransitions.Next(OrderStatusName.Parse(status), ParseTrigger(trigger));

        Assert.Equal(Expected.GetValueOrDefault((status, trigger)), next is null ? null : OrderStatusName.Of(next.Value));
        Assert.Equal(next is not null, OrderTransitions.Allows(OrderStatusName.Parse(status), ParseTrigger(trigger)));
    }

    [Property(MaxTest = 500)]
    public Property Order_AnySequenceOfTriggers_FollowsTheTableAndKeepsItsHistory() => Prop.ForAll(
        ArbMap.Default.ArbFor<OrderTrigger>().Generator.ListOf().ToArbitrary(),
        triggers =>
        {
            var order = Orders.Submitted();
            var status = "submitted";
            var steps = new List<string> { status };
            var now = order.CreatedAt;
            foreach (var trigger in triggers)
            {
                now = now.AddSeconds(1);
                var allowed = Expected.TryGetValue((status, Kebab(trigger)), out var next);
                Assert.Equal(allowed, order.TryApply(trigger, now));
                if (allowed)
                {
                    status = next!;
                    steps.Add(status);
                    Assert.Equal(now, order.History[^1].At);
                }
                Assert.Equal(status, OrderStatusName.Of(order.Status));
            }
            Assert.Equal(steps, order.History.Select(change => OrderStatusName.Of(change.Status)));
            Assert.Equal(steps.Count, order.Version);
        });

    [Property(MaxTest = 200)]
    public Property RequestCancel_AnyStatus_IsTakenOnlyWhereCancellingIsAllowed() => Prop.ForAll(
        ArbMap.Default.ArbFor<OrderTrigger>().Generator.ListOf().ToArbitrary(),
        triggers =>
        {
            var order = Orders.Submitted();
            foreach (var trigger in triggers)
                order.TryApply(trigger, order.CreatedAt);
            var version = order.Version;

            var taken = order.TryRequestCancel(order.CreatedAt.AddMinutes(1));
            var again = order.TryRequestCancel(order.CreatedAt.AddMinutes(2));

            Assert.Equal(OrderTransitions.Allows(order.Status, OrderTrigger.Cancel), taken);
            Assert.Equal(taken, again);
            Assert.Equal(taken ? order.CreatedAt.AddMinutes(1) : null, order.CancelRequestedAt);
            Assert.Equal(taken ? version + 1 : version, order.Version);
        });

    [Property(MaxTest = 200)]
    public Property RequestShipment_AnyStatus_IsTakenOnlyWhereShippingIsAllowedAndExcludesCancelling() => Prop.ForAll(
        ArbMap.Default.ArbFor<OrderTrigger>().Generator.ListOf().ToArbitrary(), ArbMap.Default.ArbFor<bool>(),
        (triggers, cancelFirst) =>
        {
            var order = Orders.Submitted();
            foreach (var trigger in triggers)
                order.TryApply(trigger, order.CreatedAt);
            var cancelled = cancelFirst && order.TryRequestCancel(order.CreatedAt.AddMinutes(1));

            var taken = order.TryRequestShipment(new Shipment("DHL", "1"), order.CreatedAt.AddMinutes(2));
            var version = order.Version;
            var again = order.TryRequestShipment(new Shipment("UPS", "2"), order.CreatedAt.AddMinutes(3));

            Assert.Equal(OrderTransitions.Allows(order.Status, OrderTrigger.Ship) && !cancelled, taken);
            Assert.Equal(taken, again);
            Assert.Equal(taken ? "DHL" : null, order.Carrier);
            Assert.Equal(version, order.Version);
            Assert.False(taken && order.TryRequestCancel(order.CreatedAt.AddMinutes(4)));
        });

    [Fact]
    public void AwaitPaymentAction_UntilTheOrderMovesOn_TellsWhereToGo()
    {
        var order = Orders.Submitted();
        Assert.True(order.TryAwaitPaymentAction("https://bank.example", order.CreatedAt));
        Assert.Equal("https://bank.example", order.PaymentActionUrl);
        Assert.False(order.TryAwaitPaymentAction("https://other.example", order.CreatedAt));
        Assert.True(order.TryApply(OrderTrigger.Confirm, order.CreatedAt));
        Assert.Null(order.PaymentActionUrl);
    }

    private static string Kebab(OrderTrigger trigger) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(trigger.ToString());

    private static OrderTrigger ParseTrigger(string name) => Enum.GetValues<OrderTrigger>().Single(trigger => Kebab(trigger) == name);
}
