namespace Ferry.Builtins.Sorting;

/// <summary>A stable merge sort that finds the runs which are already there.</summary>
/// <remarks>
/// Munro and Wild, "Nearly-Optimal Mergesorts" (2018), with stock's thresholds: programs can watch the comparisons, and an
/// order that is none must still give the same result. Any comparator leaves a reordering of the input.
/// </remarks>
internal sealed class PeekSort<T>(T[] items, Func<T, T, bool> isLess)
{
    private const int InsertionLengthMax = 16;

    private readonly T[] _working = new T[items.Length];

    public static void Sort(T[] items, Func<T, T, bool> isLess)
    {
        switch (items.Length)
        {
            case 0 or 1:
                return;
            case 2:
                if (isLess(items[1], items[0]))
                    (items[0], items[1]) = (items[1], items[0]);
                return;
            default:
                new PeekSort<T>(items, isLess).Sort(0, items.Length, 0, items.Length);
                return;
        }
    }

    // [begin, leftRunEnd) and [rightRunBegin, end) are sorted already.
    private void Sort(int begin, int end, int leftRunEnd, int rightRunBegin)
    {
        if (leftRunEnd == end || rightRunBegin == begin)
            return;
        if (end - begin <= InsertionLengthMax)
        {
            InsertionSort(begin, end);
            return;
        }

        var middle = begin + ((end - begin) / 2);
        if (middle <= leftRunEnd)
        {
            Sort(leftRunEnd, end, leftRunEnd + 1, rightRunBegin);
            Merge(begin, leftRunEnd, end);
        }
        else if (middle >= rightRunBegin)
        {
            Sort(begin, rightRunBegin, leftRunEnd, rightRunBegin - 1);
            Merge(begin, rightRunBegin, end);
        }
        else
            SortAround(middle, begin, end, leftRunEnd, rightRunBegin);
    }

    private void SortAround(int middle, int begin, int end, int leftRunEnd, int rightRunBegin)
    {
        var isDecreasing = isLess(items[middle], items[middle - 1]);
        var left = RunSuffix(leftRunEnd, middle, isDecreasing);
        var right = RunPrefix(middle - 1, rightRunBegin, isDecreasing);
        if (isDecreasing)
            Array.Reverse(items, left, right - left);
        if (left == begin && right == end)
            return;
        if (middle - left < right - middle)
        {
            Sort(begin, left, leftRunEnd, left - 1);
            Sort(left, end, right, rightRunBegin);
            Merge(begin, left, end);
        }
        else
        {
            Sort(begin, right, leftRunEnd, left);
            Sort(right, end, right + 1, rightRunBegin);
            Merge(begin, right, end);
        }
    }

    // How far the run that ends before "end" reaches back.
    private int RunSuffix(int begin, int end, bool isDecreasing)
    {
        if (begin == end)
            return end;
        while (end - 1 > begin && isLess(items[end - 1], items[end - 2]) == isDecreasing)
            end--;
        return end - 1;
    }

    private int RunPrefix(int begin, int end, bool isDecreasing)
    {
        if (begin == end)
            return begin;
        while (begin + 1 != end && isLess(items[begin + 1], items[begin]) == isDecreasing)
            begin++;
        return begin + 1;
    }

    private void InsertionSort(int begin, int end)
    {
        for (var current = begin + 1; current < end; current++)
        {
            for (
                var index = current;
                index > begin && isLess(items[index], items[index - 1]);
                index--
            )
                (items[index], items[index - 1]) = (items[index - 1], items[index]);
        }
    }

    private void Merge(int begin, int middle, int end)
    {
        Array.Copy(items, begin, _working, 0, end - begin);
        var (left, leftEnd, right, rightEnd) = (0, middle - begin, middle - begin, end - begin);
        var output = begin;
        while (left < leftEnd && right < rightEnd)
            items[output++] = isLess(_working[right], _working[left])
                ? _working[right++]
                : _working[left++];
        Array.Copy(_working, left, items, output, leftEnd - left);
        output += leftEnd - left;
        Array.Copy(_working, right, items, output, rightEnd - right);
    }
}
