using System.Text;
using CsvHelper;

namespace Argosy.Catalog.Features.Imports;

/// <summary>Reads products from a CSV file in Shopify's product format, row by row, and notes everything that is wrong with it.</summary>
internal sealed class ShopifyCsvReader(ImportErrors errors)
{
    public const int MaximumRows = 50_000;
    private const int MaximumRowLength = 200_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly List<ImportedProduct> _products = [];
    private readonly Dictionary<string, int> _rowOfHandle = [];
    private readonly Dictionary<string, int> _rowOfSku = [];
    private readonly Dictionary<long, CsvMalformedReason> _malformed = [];
    private ProductRows? _current;

    /// <summary>All products of the file; only to be used when no errors were noted.</summary>
    public async Task<IReadOnlyList<ImportedProduct>> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(file, StrictUtf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        await using var csv = CsvReader.Create(text, Options());
        try
        {
            await ReadRowsAsync(csv, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            errors.Add(NumberOf(csv) + 1, null, "the file must be encoded in UTF-8");
        }
        catch (CsvFormatException)
        {
            errors.Add(NumberOf(csv) + 1, null, $"the row is longer than {MaximumRowLength} bytes; perhaps a closing quote is missing");
        }
        return _products;
    }

    private async Task ReadRowsAsync(CsvReader csv, CancellationToken cancellationToken)
    {
        await csv.ReadHeaderAsync(cancellationToken);
        if (csv.Headers.Count == 0)
        {
            errors.Add(1, null, "the file is empty");
            return;
        }
        if (!CheckHeader(csv.Headers))
            return;
        while (!errors.IsFull && await csv.ReadAsync(cancellationToken))
        {
            if (csv.RowNumber > MaximumRows)
            {
                errors.Add(NumberOf(csv), null, $"the file must not have more than {MaximumRows} rows");
                return;
            }
            ReadRow(csv);
        }
        CompleteProduct();
    }

    private bool CheckHeader(IReadOnlyList<string> header)
    {
        var names = header.Select(name => name.Trim()).Where(name => name.Length > 0).ToList();
        foreach (var column in ShopifyColumns.Required.Except(names, StringComparer.OrdinalIgnoreCase))
            errors.Add(1, column, "the column is missing");
        foreach (var column in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            errors.Add(1, column.Key, "the column is there twice");
        return !errors.Any;
    }

    private void ReadRow(CsvReader csv)
    {
        var number = NumberOf(csv);
        if (Malformation(csv) is { } reason)
        {
            errors.Add(number, null, reason);
            return;
        }
        var row = new ShopifyRow(number, column => csv.TryGetFieldIndex(column, out var index) ? csv.GetString(index).Trim() : "", errors);
        var handle = row[ShopifyColumns.Handle];
        if (handle.Length == 0)
        {
            row.Refuse(ShopifyColumns.Handle, "is required");
            return;
        }
        NoteSku(row);
        if (_current?.Handle == handle)
        {
            _current.Add(row);
            return;
        }
        CompleteProduct();
        if (!_rowOfHandle.TryAdd(handle, number))
            row.Refuse(ShopifyColumns.Handle, $"the product began in row {_rowOfHandle[handle]}; its rows must follow each other");
        _current = new ProductRows(row, errors);
    }

    private string? Malformation(CsvReader csv) =>
        _malformed.TryGetValue(NumberOf(csv), out var reason)
            ? reason == CsvMalformedReason.UnterminatedQuote ? "a quoted field is never closed" : "a quote must stand at the edge of its field or be doubled"
            : csv.FieldCount > csv.Headers.Count ? $"has {csv.FieldCount} fields, but the header has {csv.Headers.Count}" : null;

    private void NoteSku(ShopifyRow row)
    {
        var sku = row[ShopifyColumns.VariantSku];
        if (sku.Length > 0 && !_rowOfSku.TryAdd(sku, row.Number))
            row.Refuse(ShopifyColumns.VariantSku, $"is already the SKU of row {_rowOfSku[sku]}");
    }

    private void CompleteProduct()
    {
        if (_current is not null)
            _products.Add(_current.Complete());
        _current = null;
    }

    // As spreadsheets count: with the header.
    private static int NumberOf(CsvReader csv) => (int)csv.RowNumber + 1;

    private CsvReaderOptions Options() => CsvReaderOptions.Default with
    {
        Separator = ',',
        MaxRecordSize = MaximumRowLength,
        OnMalformedRecord = malformed => _malformed[malformed.RecordNumber] = malformed.Reason,
    };
}
