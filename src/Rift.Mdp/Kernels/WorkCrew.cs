namespace Rift.Mdp;

/// <summary>Threads that stay with one computation: they spin between its steps, so that a step of microseconds can be shared.</summary>
/// <remarks>Who does what is the body's affair, by the number of the worker; nothing here decides anything that could change a result. No allocation in <see cref="Run"/>.</remarks>
internal sealed class WorkCrew : IDisposable
{
    private const int PatientTurns = 1000;

    private readonly Thread[] _threads;
    private Action<int>? _body;
    private Exception? _failure;
    private int _step;
    private int _pending;
    private bool _done;

    /// <summary>A crew of this many workers, the caller included.</summary>
    internal WorkCrew(int workers)
    {
        Workers = workers;
        _threads = new Thread[workers - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true };
            _threads[i].Start();
        }
    }

    internal int Workers { get; }

    /// <summary>Runs the body once for each worker, 0 being the caller, and waits for all.</summary>
    internal void Run(Action<int> body)
    {
        _body = body;
        Volatile.Write(ref _pending, _threads.Length);
        Volatile.Write(ref _step, _step + 1);
        try
        {
            body(0);
        }
        finally
        {
            for (int turn = 0; Volatile.Read(ref _pending) > 0; turn++) Wait(turn);
        }

        if (_failure is not null) throw new InvalidOperationException("a worker failed", _failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _done, true);
        foreach (Thread thread in _threads) thread.Join();
    }

    /// <summary>Stays on the processor for some 40 microseconds, longer than workers of equal shares wait for one another, and then lets others have it, for their time slices.</summary>
    private static void Wait(int turn)
    {
        if (turn < PatientTurns) Thread.SpinWait(1);
        else Thread.Yield();
    }

    private void Work(int worker)
    {
        for (int step = 0; ;)
        {
            for (int turn = 0; Volatile.Read(ref _step) == step; turn++)
            {
                if (Volatile.Read(ref _done)) return;
                Wait(turn);
            }

            step++;
            try
            {
                _body!(worker);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            Interlocked.Decrement(ref _pending);
        }
    }
}
