using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;

namespace Argosy.EndToEnd;

/// <summary>A guest with a cookie jar of their own, who uses the public API as the web app does.</summary>
public sealed class Shopper(Store store) : IDisposable
{
    public static readonly object Address = new { name = "Ada Example", line1 = "Harbour Street 1", city = "Hamburg", postalCode = "20457", country = "DE" };

    /// <summary>Statuses in which the workflow has nothing left to do by itself.</summary>
    private static readonly string[] Settled = ["confirmed", "cancelled"];

    public HttpClient Http { get; } = store.Client();

    /// <summary>SKUs that are in stock, in the order of the catalog.</summary>
    public async Task<IReadOnlyList<string>> SkusAsync(int count)
    {
        using var products = await Http.GetFromJsonAsync<JsonDocument>($"/api/catalog/products?pageSize={Math.Min(100, count * 2)}");
        return [.. products!.RootElement.GetProperty("items").EnumerateArray()
            .SelectMany(product => product.GetProperty("variants").EnumerateArray())
            .Where(variant => variant.GetProperty("available").GetInt32() > 10)
            .Select(variant => variant.GetProperty("sku").GetString()!).Take(count)];
    }

    public async Task PutAsync(string sku, int quantity)
    {
        using var answer = await Http.PutAsJsonAsync($"/api/basket/items/{sku}", new { quantity });
        await ExpectAsync(answer, HttpStatusCode.OK);
    }

    public static object Order(string email = "ada@example.com", string token = "pm_card_visa") =>
        new { email, shippingAddress = Address, paymentMethod = new { type = "card", token } };

    /// <summary>Orders the basket; the key makes a repetition harmless.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string idempotencyKey, string token = "pm_card_visa")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(Order(token: token)) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Http.SendAsync(request);
    }

    /// <summary>Orders the basket, and returns the order's id.</summary>
    public async Task<Guid> OrderAsync(string? idempotencyKey = null, string token = "pm_card_visa")
    {
        using var answer = await SubmitAsync(idempotencyKey ?? Guid.NewGuid().ToString(), token);
        await ExpectAsync(answer, HttpStatusCode.Accepted);
        return await OrderIdAsync(answer);
    }

    /// <summary>Buys through outages, as the web app's customer would: repeats each step until it is answered, the order under one key.</summary>
    public async Task<Guid> OrderThroughOutagesAsync(string sku)
    {
        var key = Guid.NewGuid().ToString();
        Guid? id = null;
        var inBasket = false;
        await Eventually.HoldsAsync("the order is accepted", async () =>
        {
            if (!inBasket)
            {
                using var put = await Http.PutAsJsonAsync($"/api/basket/items/{sku}", new { quantity = 1 });
                inBasket = put.IsSuccessStatusCode;
                if (!inBasket)
                    return false;
            }
            using var answer = await SubmitAsync(key);
            if (answer.StatusCode == HttpStatusCode.Accepted)
                id = await OrderIdAsync(answer);
            else if (answer.StatusCode == HttpStatusCode.UnprocessableEntity)
                inBasket = false; // The event of the order before, delayed by the outage, took this one's line too.
            else if ((int)answer.StatusCode is < 500 and not 429)
                throw new ArgumentException($"refused: {await answer.Content.ReadAsStringAsync()}");
            return id is not null;
        }, TimeSpan.FromMinutes(2));
        return id!.Value;
    }

    public async Task<JsonElement> GetOrderAsync(Guid id)
    {
        using var answer = await Http.GetAsync(new Uri($"/api/orders/{id}", UriKind.Relative));
        await ExpectAsync(answer, HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits until the order is confirmed or cancelled, and returns which.</summary>
    public Task<string> SettledAsync(Guid id) => BecomesAsync(id, Settled);

    /// <summary>Waits until the order has one of the statuses, and returns which.</summary>
    public async Task<string> BecomesAsync(Guid id, params IReadOnlyCollection<string> statuses)
    {
        var status = "";
        try
        {
            await Eventually.HoldsAsync($"order {id} is {string.Join(" or ", statuses)}", async () =>
            {
                using var answer = await Http.GetAsync(new Uri($"/api/orders/{id}", UriKind.Relative));
                if (!answer.IsSuccessStatusCode)
                    return false;
                status = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!;
                return statuses.Contains(status);
            }, TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException timeout)
        {
            throw new TimeoutException($"{timeout.Message} (last: '{status}')\n{store.TailOfLogs()}", timeout);
        }
        return status;
    }

    /// <summary>Answers the bank's question about the order, as its page does.</summary>
    /// <param name="outcome"><c>approve</c> or <c>decline</c>.</param>
    public async Task AnswerBankAsync(Guid id, string outcome)
    {
        await BecomesAsync(id, "awaiting-payment-action");
        var page = new Uri((await GetOrderAsync(id)).GetProperty("nextAction").GetProperty("url").GetString()!);
        var challenge = $"/api/payments/challenges/{page.Segments[^1]}{page.Query}";
        using var answer = await Http.PostAsJsonAsync(challenge, new { outcome });
        await ExpectAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>The steps this customer has got mails about, of one order, in the order of sending.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync(Guid id)
    {
        using var answer = await Http.GetAsync(new Uri($"/api/system/mailbox?orderId={id}", UriKind.Relative));
        await ExpectAsync(answer, HttpStatusCode.OK);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray().Select(mail => mail.GetProperty("step").GetString()!).Reverse()];
    }

    public void Dispose() => Http.Dispose();

    public static async Task<Guid> OrderIdAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orderId").GetGuid();

    private async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        if (answer.StatusCode != expected)
            throw new InvalidDataException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}\n{store.TailOfLogs()}");
    }
}
