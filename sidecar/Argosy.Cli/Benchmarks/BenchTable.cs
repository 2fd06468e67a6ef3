using Argosy.Cli.Display;
using Spectre.Console;

namespace Argosy.Cli.Benchmarks;

/// <summary>The report for people.</summary>
internal static class BenchTable
{
    public static Table Of(BenchReport report)
    {
        var table = new Table().RoundedBorder().Title("[bold]argosy bench[/]").Caption(Markup.Escape(report.Machine));
        table.AddColumns("measure", "value", "p50", "p95", "p99", "failures");
        if (report.FirstRunSeconds is { } first)
            table.AddRow("first run to first product list, seeding included", $"{first:0.00} s", "", "", "", "");
        if (report.LaunchSeconds is { } launch)
            table.AddRow("launch to first product list", $"{launch:0.00} s", "", "", "", "");
        foreach (var lists in report.ProductLists)
            AddLoad(table, $"product lists, {lists.Clients} connections", lists);
        AddLoad(table, $"orders paid and confirmed, {report.Orders.Clients} shoppers", report.Orders);
        var steady = report.SteadyOrders;
        table.AddRow(
            $"submit to confirmed at {steady.OrdersPerSecond} orders/s", "", Milliseconds(steady.P50Milliseconds), Milliseconds(steady.P95Milliseconds), Milliseconds(steady.P99Milliseconds), $"{steady.Failures}");
        if (report.SidecarHop is { } hop)
        {
            table.AddRow("direct call", "", Milliseconds(hop.DirectP50Milliseconds), "", Milliseconds(hop.DirectP99Milliseconds), "");
            table.AddRow("through one sidecar", "", Milliseconds(hop.HopP50Milliseconds), "", Milliseconds(hop.HopP99Milliseconds), "");
            table.AddRow("added by one sidecar hop", "", Milliseconds(hop.AddedP50Milliseconds), "", "", "");
        }
        AddMemory(table, "memory idle, all processes", report.IdleMemory);
        AddMemory(table, "memory under load, all processes", report.LoadMemory);
        return table;
    }

    private static void AddLoad(Table table, string name, LoadResult load) =>
        table.AddRow(name, $"{load.PerSecond:0} /s", Milliseconds(load.P50Milliseconds), "", Milliseconds(load.P99Milliseconds), $"{load.Failures}");

    private static void AddMemory(Table table, string name, MemoryResult? memory)
    {
        if (memory is null)
            return;
        table.AddRow(name, ProcessMemory.Text(memory.TotalBytes), "", "", "", "");
        foreach (var process in memory.Processes)
            table.AddRow($"  {Markup.Escape(process.Name)}", ProcessMemory.Text(process.Bytes), "", "", "", "");
    }

    private static string Milliseconds(double value) => $"{value:0.00} ms";
}
