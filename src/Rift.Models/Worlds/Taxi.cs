using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Gymnasium's Taxi-v3: fetch the passenger and bring him where he wants to go (Dietterich 2000).</summary>
/// <remarks>
/// <para>States: <c>((row * 5 + column) * 5 + passenger) * 4 + destination</c>, where the passenger is at one of the four stands R, G, Y, B or (4) in the
/// taxi, then the end: 501. Actions: 0 south, 1 north, 2 east, 3 west, 4 pick up, 5 drop off. Rewards: -1 a step, 20 for delivering, -10 for a pick-up or
/// drop-off that cannot be. End: the delivery. Start: uniform over the 300 states where the passenger waits at a stand that is not his destination.</para>
/// <para>In the rain a move goes as intended with probability 0.8 and to either side with 0.1 each; where a wall stands to the east or west of a taxi that
/// heads for it, it stays. A sidestep to the south or north fails where Gymnasium finds a wall east or west of the cell it leads to; that is kept. Gymnasium has no discount; its
/// time limit is 200 steps, our evaluation horizon 60.</para>
/// </remarks>
public static class Taxi
{
    private const int Size = 5, InTaxi = 4, Destinations = 4, ActionCount = 6;

    // Between two cells of a row stands ':' where one can pass and '|' where one cannot; column c lies at character 2 c + 1.
    private static readonly string[] _streets = ["|R: | : :G|", "| : | : : |", "| : : : : |", "| | : | : |", "|Y| : |B: |"];
    private static readonly (int Row, int Column)[] _stands = [(0, 0), (0, 4), (4, 0), (4, 3)];
    private static readonly string[] _places = ["R", "G", "Y", "B", "taxi"];
    private static readonly (int Rows, int Columns)[] _moves = [(1, 0), (-1, 0), (0, 1), (0, -1)];

    /// <summary>The world.</summary>
    /// <param name="rainy">Whether a move may go sideways.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    public static MarkovDecisionProcess Create(bool rainy = false, double discount = 0.99)
    {
        OutcomeTable table = new(Size * Size * (InTaxi + 1) * Destinations, ActionCount);
        List<int> starts = [];
        List<string> labels = [];
        foreach (Situation now in Situations())
        {
            for (int a = 0; a < _moves.Length; a++) Drive(table, now, a, rainy);
            table.Add(now.State, 4, PickUp(now));
            table.Add(now.State, 5, DropOff(now));
            if (now.Passenger != InTaxi && now.Passenger != now.Destination) starts.Add(now.State);
            labels.Add(now.Label);
        }

        return table.Build(table.UniformOver(starts), discount, new ModelDescription
        {
            StateLabels = labels,
            ActionLabels = ["south", "north", "east", "west", "pick up", "drop off"],
            EvaluationHorizon = 60,
            Notes = rainy ? "Gymnasium Taxi-v3, rainy" : "Gymnasium Taxi-v3",
        });
    }

    private static void Drive(OutcomeTable table, Situation now, int direction, bool rainy)
    {
        (int rows, int columns) = _moves[direction];
        bool blocked = (direction == 2 && !Passable(now.Row, (2 * now.Column) + 2)) || (direction == 3 && !Passable(now.Row, 2 * now.Column));
        Situation ahead = blocked ? now : now.Moved(rows, columns);
        if (!rainy)
        {
            table.Add(now.State, direction, 1, ahead.State, -1);
            return;
        }

        // Gymnasium's two sides: west or south, looking at the character east of the cell beside; then east or north, looking at the one west of it.
        (int Rows, int Columns) first = rows != 0 ? (0, -1) : (1, 0), second = rows != 0 ? (0, 1) : (-1, 0);
        table.Add(now.State, direction, 0.8, ahead.State, -1);
        table.Add(now.State, direction, 0.1, (blocked ? now : Sidestep(now, first, lookAt: 2)).State, -1);
        table.Add(now.State, direction, 0.1, (blocked ? now : Sidestep(now, second, lookAt: 0)).State, -1);
    }

    private static Situation Sidestep(Situation now, (int Rows, int Columns) move, int lookAt)
    {
        Situation beside = now.Moved(move.Rows, move.Columns);
        return Passable(beside.Row, (2 * beside.Column) + lookAt) ? beside : now;
    }

    private static Outcome PickUp(Situation now) => now.Passenger != InTaxi && now.At(_stands[now.Passenger])
        ? new Outcome(1, (now with { Passenger = InTaxi }).State, -1, Terminated: false)
        : new Outcome(1, now.State, -10, Terminated: false);

    private static Outcome DropOff(Situation now)
    {
        int stand = Array.FindIndex(_stands, now.At);
        if (now.Passenger != InTaxi || stand < 0) return new Outcome(1, now.State, -10, Terminated: false);
        bool arrived = stand == now.Destination;
        return new Outcome(1, (now with { Passenger = stand }).State, arrived ? 20 : -1, arrived, arrived);
    }

    private static bool Passable(int row, int character) => _streets[row][character] == ':';

    private static IEnumerable<Situation> Situations()
    {
        for (int row = 0; row < Size; row++)
            for (int column = 0; column < Size; column++)
                for (int passenger = 0; passenger <= InTaxi; passenger++)
                    for (int destination = 0; destination < Destinations; destination++)
                        yield return new Situation(row, column, passenger, destination);
    }

    private readonly record struct Situation(int Row, int Column, int Passenger, int Destination)
    {
        internal int State => (((((Row * Size) + Column) * (InTaxi + 1)) + Passenger) * Destinations) + Destination;

        internal string Label => string.Create(CultureInfo.InvariantCulture, $"({Row},{Column}) passenger {_places[Passenger]} to {_places[Destination]}");

        internal bool At((int Row, int Column) place) => place == (Row, Column);

        internal Situation Moved(int rows, int columns) =>
            this with { Row = Math.Clamp(Row + rows, 0, Size - 1), Column = Math.Clamp(Column + columns, 0, Size - 1) };
    }
}
