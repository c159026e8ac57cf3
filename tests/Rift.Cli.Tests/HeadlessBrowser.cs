using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rift.Cli.Tests;

/// <summary>Chromium without a window, driven over its DevTools protocol: one page, scripts in it, and what it complained about.</summary>
public sealed partial class HeadlessBrowser : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly TemporaryFolder _profile;
    private readonly List<string> _complaints = [];
    private int _calls;

    private HeadlessBrowser(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>The browser of the system; null where there is none.</summary>
    public static string? Program { get; } = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Errors in the console and exceptions that nobody caught.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Starts a browser with an empty page.</summary>
    public static async Task<HeadlessBrowser> Start()
    {
        TemporaryFolder profile = new();
        Process process = Process.Start(new ProcessStartInfo(Program!, [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--remote-debugging-port=0", $"--user-data-dir={profile.PathOf(".")}", "about:blank"])
        { RedirectStandardError = true })!;
        HeadlessBrowser browser = new(process, profile);
        TaskCompletionSource<string> listening = new();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) listening.TrySetException(new InvalidOperationException("the browser ended before it listened"));
            else if (Listening().Match(line.Data) is { Success: true } match) listening.TrySetResult(match.Groups[1].Value);
        };
        process.BeginErrorReadLine();
        using HttpClient client = new();
        JsonArray pages = JsonNode.Parse(await client.GetStringAsync($"http://{await listening.Task.WaitAsync(_patience)}/json"))!.AsArray();
        await browser._socket.ConnectAsync(new Uri(pages.First(page => (string)page!["type"]! == "page")!["webSocketDebuggerUrl"]!.GetValue<string>()), CancellationToken.None);
        await browser.Call("Runtime.enable");
        await browser.Call("Page.enable");
        return browser;
    }

    /// <summary>Sets the size of the page in pixels, and whether the system is dark.</summary>
    public async Task Resize(int width, int height, bool isDark = false)
    {
        await Call("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await Call("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });
    }

    /// <summary>Goes to an address.</summary>
    public Task Open(string address) => Call("Page.navigate", new JsonObject { ["url"] = address });

    /// <summary>Lets pages save files, into a folder and without asking.</summary>
    public Task SaveInto(string folder) => Call("Browser.setDownloadBehavior", new JsonObject { ["behavior"] = "allow", ["downloadPath"] = folder });

    /// <summary>Lets a page read and write the clipboard.</summary>
    public Task AllowClipboard() => Call("Browser.grantPermissions", new JsonObject { ["permissions"] = new JsonArray("clipboardReadWrite", "clipboardSanitizedWrite") });

    /// <summary>The value of a script, promises awaited.</summary>
    public async Task<JsonNode?> Evaluate(string script)
    {
        JsonNode answer = await Call("Runtime.evaluate", new JsonObject { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true });
        if (answer["exceptionDetails"] is { } exception) throw new InvalidOperationException(exception.ToJsonString());
        return answer["result"]!["value"]?.DeepClone();
    }

    /// <summary>Waits until a script is true.</summary>
    public async Task Await(string script)
    {
        for (long start = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            if ((await Evaluate($"Boolean({script})"))!.GetValue<bool>()) return;
            if (Stopwatch.GetElapsedTime(start) > _patience) throw new TimeoutException($"waited for {script}; the page says: {await Evaluate("document.body.innerText")}; complaints: {string.Join("; ", _complaints)}");
        }
    }

    /// <summary>Presses a key where the focus is.</summary>
    public async Task Press(string key)
    {
        await Call("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyDown", ["key"] = key });
        await Call("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>Clicks at a point of the page.</summary>
    public async Task Click(double x, double y)
    {
        foreach (string type in (string[])["mousePressed", "mouseReleased"])
            await Call("Input.dispatchMouseEvent", new JsonObject { ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = "left", ["clickCount"] = 1 });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    private async Task<JsonNode> Call(string method, JsonObject? parameters = null)
    {
        int number = ++_calls;
        JsonObject call = new() { ["id"] = number, ["method"] = method, ["params"] = parameters ?? [] };
        using CancellationTokenSource patience = new(_patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            JsonNode message = await Receive(patience.Token);
            if ((int?)message["id"] == number) return message["result"]?.DeepClone() ?? throw new InvalidOperationException(message.ToJsonString());
            if ((string?)message["method"] == "Runtime.exceptionThrown") _complaints.Add(message["params"]!.ToJsonString());
            if ((string?)message["method"] == "Runtime.consoleAPICalled" && (string?)message["params"]!["type"] == "error") _complaints.Add(message["params"]!["args"]!.ToJsonString());
        }
    }

    private async Task<JsonNode> Receive(CancellationToken patience)
    {
        using MemoryStream text = new();
        byte[] part = new byte[1 << 16];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(part.AsMemory(), patience);
            text.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(text.ToArray()) ?? throw new JsonException("found null, expected a message");
    }

    [GeneratedRegex(@"DevTools listening on ws://([^/]+)/")]
    private static partial Regex Listening();
}
