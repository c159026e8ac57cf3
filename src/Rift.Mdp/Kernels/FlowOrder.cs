namespace Rift.Mdp;

/// <summary>An order of the states of a chain in which mass mostly flows from earlier to later places.</summary>
internal static class FlowOrder
{
    private const int Unknown = -1, OnPath = -2;

    /// <summary>The states by their distance, in steps from each state to its likeliest successor, to where these steps end or close a cycle: the farthest first. O(S).</summary>
    /// <param name="likeliest">The likeliest successor of each state other than itself; the state itself where there is none.</param>
    internal static int[] Of(ReadOnlySpan<int> likeliest)
    {
        int states = likeliest.Length, deepest = 0;
        int[] distance = new int[states], path = new int[states];
        Array.Fill(distance, Unknown);
        for (int start = 0; start < states; start++)
        {
            int length = 0, state = start;
            for (; distance[state] == Unknown; state = likeliest[state])
            {
                distance[state] = OnPath;
                path[length++] = state;
            }

            // A state that is met again on its own path closes a cycle: the last step on the path ends there.
            int far = distance[state] == OnPath ? -1 : distance[state];
            while (length > 0) distance[path[--length]] = ++far;
            deepest = Math.Max(deepest, far);
        }

        int[] end = new int[deepest + 1], order = path;
        foreach (int d in distance) end[d]++;
        for (int d = deepest; d > 0; d--) end[d - 1] += end[d];
        for (int s = states - 1; s >= 0; s--) order[--end[distance[s]]] = s;
        return order;
    }
}
